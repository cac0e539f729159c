package dev.firedrill.harness.fault.service;

import dev.firedrill.harness.cluster.SliceReads;
import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.FieldChange;
import dev.firedrill.harness.fault.ObjectRef;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import dev.firedrill.harness.fault.Proof;
import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** A Service that leads to the pods of another application, which may well answer: with its own answers. */
public final class MisdirectedService implements Fault {
    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named("misdirected-service")
            .group("service")
            .harms("A Service leads to the pods of another application. If that listens on the same port it answers, in"
                    + " its own way: a probe that only asks whether something answers stays green.")
            .takes(
                    Parameter.of("service", ParameterType.name(), "the Service"),
                    Parameter.of("selector", ParameterType.labels(), "the labels of the other application's pods"))
            .changes(
                    "`/spec/selector`. No pod with these labels, or one that the Service selects already, is bad input")
            .provenBy("within 15 s the Service has ready endpoints, and all of them are pods of the other application")
            .undoneBy("the selector as it was")
            .madeBy(MisdirectedService::new);

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration EFFECT = Duration.ofSeconds(15);

    private final Arguments arguments;
    private final String service;
    private final Map<String, String> selector;

    private MisdirectedService(Arguments arguments) {
        this.arguments = arguments;
        this.service = arguments.text("service");
        this.selector = arguments.labels("selector");
    }

    /** Points a Service at the pods with these labels. */
    public static MisdirectedService to(String service, Map<String, String> selector) {
        return new MisdirectedService(KIND.check(Map.of("service", service, "selector", selector)));
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                KIND.name(),
                "Service/" + service,
                "the Service leads to the pods " + selector + ", another application",
                arguments.inWords());
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        FieldChange change =
                scene.objects().set(ObjectRef.service(service), "/spec/selector", JSON.valueToTree(selector));
        Set<String> others = pods(scene);
        if (others.isEmpty()) {
            throw new ConfigurationException("misdirected-service: no pod in namespace " + scene.namespace()
                    + " has the labels " + selector + "; look with: kubectl -n " + scene.namespace()
                    + " get pods --show-labels");
        }
        if (endpoints(scene).stream().anyMatch(others::contains)) {
            throw new ConfigurationException("misdirected-service: Service/" + service
                    + " leads to pods with the labels " + selector + " already; allowed: those of another application");
        }
        return new FaultPlan(List.of(change), "every client of Service " + service + " in " + scene.namespace());
    }

    private Set<String> pods(FaultScene scene) {
        return scene.client().pods().inNamespace(scene.namespace()).withLabels(selector).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .map(pod -> pod.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    /** The names of the pods that are ready endpoints of the Service, as the cluster found them. */
    private List<String> endpoints(FaultScene scene) {
        return scene
                .client()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(scene.namespace())
                .withLabel("kubernetes.io/service-name", service)
                .list()
                .getItems()
                .stream()
                .flatMap(slice -> SliceReads.endpoints(slice).stream())
                .filter(endpoint -> endpoint.getConditions() == null
                        || !Boolean.FALSE.equals(endpoint.getConditions().getReady()))
                .map(Endpoint::getTargetRef)
                .filter(Objects::nonNull)
                .map(ObjectReference::getName)
                .distinct()
                .toList();
    }

    @Override
    public Proof proof() {
        return new Proof() {
            @Override
            public String describe() {
                return "Service " + service + " has endpoints of the other application alone";
            }

            @Override
            public Duration within() {
                return EFFECT;
            }

            @Override
            public Optional<String> evidence(FaultScene scene, FaultPlan plan) {
                List<String> now = endpoints(scene);
                boolean others = !now.isEmpty() && pods(scene).containsAll(now);
                return others
                        ? Optional.of("Service " + service + " leads to " + String.join(", ", now))
                        : Optional.empty();
            }
        };
    }
}
