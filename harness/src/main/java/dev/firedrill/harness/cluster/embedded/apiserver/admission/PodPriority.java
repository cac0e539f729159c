package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.Selection;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.ObjectStore;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The priority of a new pod: that of the class that it names, or of the class for those that name none.
 *
 * <p>Source: the admission plugin Priority of Kubernetes.
 */
final class PodPriority {
    private static final ResourceKind CLASSES = KindTable.of("scheduling.k8s.io", "priorityclasses");

    private final ObjectStore store;

    PodPriority(ObjectStore store) {
        this.store = store;
    }

    /**
     * @throws StatusException (403) if there is no such class, or the pod says another number
     */
    void admit(ObjectNode pod) {
        ObjectNode spec = Fill.object(pod, "spec");
        String wanted = Json.textAt(spec, "priorityClassName");
        Optional<StoredObject> found = wanted.isEmpty() ? common() : store.get(CLASSES, "", wanted);
        if (found.isEmpty() && !wanted.isEmpty()) {
            throw refused(pod, "no PriorityClass with name " + wanted + " was found");
        }
        long said = Json.longAt(spec, 0, "priority");
        long computed = found.map(it -> Json.longAt(it.tree(), 0, "value")).orElse(0L);
        if (said != 0 && said != computed) {
            throw refused(
                    pod,
                    ("the integer value of priority (%d) must not be provided in pod spec; priority admission "
                                    + "controller computed %d from the given PriorityClass name")
                            .formatted(said, computed));
        }
        spec.set("priority", Json.number(computed));
        found.ifPresent(known -> {
            JsonNode tree = known.tree();
            spec.put("priorityClassName", known.name());
            spec.put("preemptionPolicy", Json.textAt(tree, "preemptionPolicy"));
        });
        Fill.text(spec, "preemptionPolicy", "PreemptLowerPriority");
    }

    /** A pod that says nothing of its priority any more still has it. */
    static void keep(JsonNode before, ObjectNode after) {
        for (String field : List.of("priority", "preemptionPolicy")) {
            if (before.has(field) && !after.has(field)) {
                after.set(field, before.get(field));
            }
        }
    }

    private Optional<StoredObject> common() {
        return store.list(CLASSES, "", Selection.EVERYTHING).objects().stream()
                .filter(known -> known.tree().path("globalDefault").asBoolean(false))
                .findFirst();
    }

    private static StatusException refused(ObjectNode pod, String why) {
        return StatusException.forbidden(KindTable.of("", "pods"), Json.textAt(pod, "metadata", "name"), why);
    }
}
