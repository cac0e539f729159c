package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.ObjectStore;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a new pod gets from the RuntimeClass that it names: what the runtime itself needs, and where it can be had.
 *
 * <p>Source: the admission plugin RuntimeClass of Kubernetes.
 */
final class PodRuntime {
    private static final ResourceKind CLASSES = KindTable.of("node.k8s.io", "runtimeclasses");

    private final ObjectStore store;

    PodRuntime(ObjectStore store) {
        this.store = store;
    }

    /**
     * @throws StatusException (403) if there is no such class, or the pod contradicts it
     */
    void admit(ObjectNode pod) {
        ObjectNode spec = Fill.object(pod, "spec");
        String wanted = Json.textAt(spec, "runtimeClassName");
        if (wanted.isEmpty()) {
            if (spec.has("overhead")) {
                throw rejected(pod, "Pod Overhead set without corresponding RuntimeClass defined Overhead");
            }
            return;
        }
        JsonNode found = store.get(CLASSES, "", wanted)
                .orElseThrow(() -> rejected(pod, "RuntimeClass \"" + wanted + "\" not found"))
                .tree();
        JsonNode overhead = found.path("overhead").get("podFixed");
        if (overhead != null) {
            if (spec.has("overhead") && !spec.get("overhead").equals(overhead)) {
                throw rejected(pod, "Pod's Overhead doesn't match RuntimeClass's defined Overhead");
            }
            spec.set("overhead", overhead);
        }
        place(pod, spec, found.path("scheduling"));
    }

    private static void place(ObjectNode pod, ObjectNode spec, JsonNode scheduling) {
        for (Map.Entry<String, JsonNode> label : scheduling.path("nodeSelector").properties()) {
            ObjectNode selector = Fill.object(spec, "nodeSelector");
            JsonNode own = selector.get(label.getKey());
            if (own != null && !own.equals(label.getValue())) {
                throw refused(
                        pod,
                        ("conflict: runtimeClass.scheduling.nodeSelector[%1$s] = %2$s; "
                                        + "pod.spec.nodeSelector[%1$s] = %3$s")
                                .formatted(label.getKey(), label.getValue().asString(""), own.asString("")));
            }
            selector.set(label.getKey(), label.getValue());
        }
        ArrayNode tolerations = Fill.list(spec, "tolerations", List.of());
        scheduling.path("tolerations").valueStream().distinct().forEach(toleration -> {
            if (tolerations.valueStream().noneMatch(toleration::equals)) {
                tolerations.add(toleration);
            }
        });
    }

    private static StatusException rejected(ObjectNode pod, String why) {
        return refused(pod, "pod rejected: " + why);
    }

    private static StatusException refused(ObjectNode pod, String why) {
        return StatusException.forbidden(KindTable.of("", "pods"), Json.textAt(pod, "metadata", "name"), why);
    }
}
