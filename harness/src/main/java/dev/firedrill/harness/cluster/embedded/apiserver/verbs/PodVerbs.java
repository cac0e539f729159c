package dev.firedrill.harness.cluster.embedded.apiserver.verbs;

import dev.firedrill.harness.cluster.embedded.apiserver.admission.Moments;
import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What only pods have: they are bound to a node, and evicted where their disruption budget allows it. */
public final class PodVerbs {
    private static final ResourceKind PODS = KindTable.of("", "pods");
    private static final ResourceKind BINDING = ResourceKind.transitory("", "Binding");

    private final Writes writes;
    private final Evictions evictions;

    public PodVerbs(Writes writes, Deletes deletes) {
        this.writes = writes;
        this.evictions = new Evictions(writes, deletes);
    }

    /**
     * Assigns a pod to the node that the Binding names.
     *
     * @throws StatusException 404; 409 if it is assigned already or being deleted; 422 without a node
     */
    public void bind(String namespace, String name, JsonNode binding, Caller caller) {
        String node = Json.textAt(binding, "target", "name");
        if (node.isEmpty()) {
            throw StatusException.invalid(BINDING, name, "target.name", "Required value");
        }
        String kind = Json.textAt(binding, "target", "kind");
        if (!kind.isEmpty() && !kind.equals("Node")) {
            throw StatusException.invalid(
                    BINDING,
                    name,
                    "target.kind",
                    "Unsupported value: \"" + kind + "\": supported values: \"Node\", \"<empty>\"");
        }
        Instant now = writes.clock().instant();
        Writes.Change change = new UnrecordedChange(pod -> assign(pod, name, node, now));
        writes.update(PODS, namespace, name, Scope.SERVER, change, caller);
    }

    private static ObjectNode assign(ObjectNode pod, String name, String node, Instant now) {
        String already = Json.textAt(pod, "spec", "nodeName");
        if (!already.isEmpty()) {
            throw StatusException.conflict(
                    PODS, name, "pod %s is already assigned to node \"%s\"".formatted(name, already));
        }
        if (Finalization.isDeleted(pod)) {
            throw StatusException.conflict(
                    PODS, name, "pod " + name + " is being deleted, cannot be assigned to a host");
        }
        pod.withObjectProperty("spec").put("nodeName", node);
        ArrayNode conditions = pod.withObjectProperty("status").withArrayProperty("conditions");
        conditions.removeIf(condition -> Json.textAt(condition, "type").equals("PodScheduled"));
        conditions
                .addObject()
                .put("type", "PodScheduled")
                .put("observedGeneration", Json.longAt(pod, 1, "metadata", "generation"))
                .put("status", "True")
                .putNull("lastProbeTime")
                .put("lastTransitionTime", Moments.text(now));
        return pod;
    }

    /**
     * Deletes a pod as far as its disruption budget allows it.
     *
     * @throws StatusException 400 for another pod's name; 404; 409 if a precondition fails; 429 if the budget does not
     *     allow it now
     */
    public void evict(String namespace, String name, ObjectNode eviction, Caller caller) {
        evictions.evict(namespace, name, eviction, caller);
    }
}
