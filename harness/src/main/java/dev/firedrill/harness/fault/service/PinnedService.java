package dev.firedrill.harness.fault.service;

import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.FieldReadBack;
import dev.firedrill.harness.fault.ObjectRef;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import dev.firedrill.harness.fault.Proof;
import dev.firedrill.harness.model.ConfigurationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A Service that selects today's revision of its pods alone: nothing is wrong until the next roll-out. */
public final class PinnedService implements Fault {
    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named("pinned-service")
            .group("service")
            .harms("A Service selects the pods of today's revision alone. Nothing is wrong until the next roll-out,"
                    + " after which it has no endpoints.")
            .takes(Parameter.of("service", ParameterType.name(), "the Service; its pods must be of one Deployment"))
            .changes("`/spec/selector` gets the label `pod-template-hash` of the pods that it selects")
            .provenBy("within 5 s it is read back. That is enough to *plant* it; a roll-out of the Deployment"
                    + " triggers it")
            .undoneBy("the selector as it was")
            .madeBy(PinnedService::new);

    private static final String HASH = "pod-template-hash";

    private final Arguments arguments;
    private final ObjectRef service;

    private PinnedService(Arguments arguments) {
        this.arguments = arguments;
        this.service = ObjectRef.service(arguments.text("service"));
    }

    /** Pins a Service to the pods that it selects now. */
    public static PinnedService of(String service) {
        return new PinnedService(KIND.check(Map.of("service", service)));
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                KIND.name(),
                service.toString(),
                "the Service selects the pods of today's revision alone",
                arguments.inWords());
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        JsonNode selector = scene.objects().require(service).at("/spec/selector");
        Map<String, String> labels = new HashMap<>();
        selector.propertyNames()
                .forEach(key -> labels.put(key, selector.path(key).asString("")));
        TreeSet<String> revisions = new TreeSet<>();
        scene.client().pods().inNamespace(scene.namespace()).withLabels(labels).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .flatMap(pod -> Stream.ofNullable(pod.getMetadata().getLabels().get(HASH)))
                .forEach(revisions::add);
        if (labels.isEmpty() || labels.containsKey(HASH) || revisions.size() != 1) {
            throw new ConfigurationException("pinned-service: the pods of " + service + " must be of one revision of a"
                    + " Deployment, which its selector does not name; they are of " + revisions + ", selected by "
                    + labels);
        }
        return new FaultPlan(
                List.of(scene.objects()
                        .set(
                                service,
                                "/spec/selector/" + HASH,
                                JsonNodeFactory.instance.stringNode(revisions.first()))),
                "every client of " + service + " from the next roll-out on");
    }

    @Override
    public Proof proof() {
        return new FieldReadBack(service + " is pinned to a revision", "its selector names today's revision");
    }
}
