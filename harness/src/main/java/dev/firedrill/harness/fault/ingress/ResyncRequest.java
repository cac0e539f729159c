package dev.firedrill.harness.fault.ingress;

import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.FieldChange;
import dev.firedrill.harness.fault.ObjectFields;
import dev.firedrill.harness.fault.ObjectRef;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import dev.firedrill.harness.fault.Proof;
import dev.firedrill.harness.fault.Repeatable;
import dev.firedrill.harness.fault.RequestFails;
import dev.firedrill.harness.fault.Settling;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a controller synchronise everything anew, by the annotation through which it takes such requests. Harmless by
 * itself; it surfaces what a controller reads only then.
 *
 * <p>Proven by the controller's own answer, an annotation that names the request that it has honoured; and, where it is
 * to surface something, by that effect too.
 */
public final class ResyncRequest implements Fault, Repeatable {
    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named("controller-resync")
            .group("ingress")
            .harms("A controller synchronises everything anew, on request by an annotation. Harmless by"
                    + " itself; as a trigger"
                    + " it surfaces what the controller reads only then.")
            .takes(
                    Parameter.of("configMap", ParameterType.name(), "the controller's settings"),
                    Parameter.of("request", ParameterType.annotation(), "the annotation that asks"),
                    Parameter.of(
                            "answer", ParameterType.annotation(), "the annotation with which the controller answers"),
                    Parameter.of("breaks", ParameterType.url(), "what must fail then, as seen from inside the cluster")
                            .optional(),
                    Parameter.of("host", ParameterType.name(), "the Host header of that request")
                            .optional())
            .changes("the request annotation gets the time of the harness's clock")
            .provenBy(
                    "within 15 s the controller has written the same value into the answer annotation; with `breaks`, a"
                            + " GET of it from inside fails, too. Name the answer in"
                            + " `SystemUnderDrill.ownAnnotations`, or it"
                            + " counts as left behind")
            .undoneBy("the request annotation as it was. After a plant was put back, it is requested once more"
                    + " and must be"
                    + " answered")
            .madeBy(ResyncRequest::made);

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration EFFECT = Duration.ofSeconds(15);

    private final String configMap;
    private final String requestAnnotation;
    private final String answerAnnotation;
    private final Optional<Proof> surfaced;

    private ResyncRequest(
            String configMap, String requestAnnotation, String answerAnnotation, Optional<Proof> surfaced) {
        this.configMap = configMap;
        this.requestAnnotation = requestAnnotation;
        this.answerAnnotation = answerAnnotation;
        this.surfaced = surfaced;
    }

    private static ResyncRequest made(Arguments arguments) {
        ResyncRequest request = to(arguments.text("configMap"), arguments.text("request"), arguments.text("answer"));
        if (!arguments.has("breaks")) {
            return request;
        }
        RequestFails broken = RequestFails.to(arguments.text("breaks"), EFFECT);
        return request.surfacing(arguments
                .textIfAny("host")
                .map(host -> broken.withHeader("Host", host))
                .orElse(broken));
    }

    /**
     * A request through a controller's settings.
     *
     * @param configMap the controller's settings
     * @param requestAnnotation the annotation that asks
     * @param answerAnnotation the annotation with which the controller answers
     */
    public static ResyncRequest to(String configMap, String requestAnnotation, String answerAnnotation) {
        return new ResyncRequest(configMap, requestAnnotation, answerAnnotation, Optional.empty());
    }

    /** The same request, which counts as proven only when it surfaced this. */
    public ResyncRequest surfacing(Proof effect) {
        return new ResyncRequest(configMap, requestAnnotation, answerAnnotation, Optional.of(effect));
    }

    @Override
    public ResyncRequest again() {
        return new ResyncRequest(configMap, requestAnnotation, answerAnnotation, Optional.empty());
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                "controller-resync",
                "ConfigMap/" + configMap,
                "the controller synchronises everything anew",
                Map.of("configMap", configMap, "annotation", requestAnnotation));
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        String requestedAt = scene.journal().clock().now().toString();
        ObjectRef target = ObjectRef.configMap(configMap);
        String request = annotation(requestAnnotation);
        FieldChange change =
                scene.objects().set(target, request, JSON.getNodeFactory().stringNode(requestedAt));
        return new FaultPlan(
                List.of(change),
                "every route of the controller of ConfigMap " + configMap,
                Optional.of(new Settling(target, request, annotation(answerAnnotation))));
    }

    private static String annotation(String key) {
        return "/metadata/annotations/" + ObjectFields.escaped(key);
    }

    @Override
    public Proof proof() {
        return new Proof() {
            @Override
            public String describe() {
                return "the controller answers the request"
                        + surfaced.map(effect -> ", and " + effect.describe()).orElse("");
            }

            @Override
            public Duration within() {
                return EFFECT;
            }

            @Override
            public Optional<String> evidence(FaultScene scene, FaultPlan plan) {
                String request = plan.onlyField().shownAfter();
                Optional<String> answer = Optional.ofNullable(scene.client()
                                .configMaps()
                                .inNamespace(scene.namespace())
                                .withName(configMap)
                                .get())
                        .map(map -> map.getMetadata().getAnnotations())
                        .map(annotations -> annotations.get(answerAnnotation))
                        .filter(request::equals)
                        .map(same -> "the controller has honoured the request");
                if (answer.isEmpty() || surfaced.isEmpty()) {
                    return answer;
                }
                return surfaced.get().evidence(scene, plan).map(effect -> answer.get() + "; " + effect);
            }
        };
    }
}
