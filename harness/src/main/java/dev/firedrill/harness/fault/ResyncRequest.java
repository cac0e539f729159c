package dev.firedrill.harness.fault;

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
        FieldChange change = new ObjectFields(scene.client(), scene.namespace())
                .set(
                        new ObjectRef("v1", "ConfigMap", configMap),
                        "/metadata/annotations/" + WrongConfigValue.escaped(requestAnnotation),
                        JSON.getNodeFactory().stringNode(requestedAt));
        return new FaultPlan(List.of(change), "every route of the controller of ConfigMap " + configMap);
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
                String request = plan.changes().get(0).fold(field -> FieldChange.shown(field.afterOrNull()), pod -> "");
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
