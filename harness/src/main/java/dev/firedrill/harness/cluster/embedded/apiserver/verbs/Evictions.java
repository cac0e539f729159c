package dev.firedrill.harness.cluster.embedded.apiserver.verbs;

import dev.firedrill.harness.cluster.embedded.apiserver.admission.Moments;
import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Evicts pods: asks the disruption budget, says in the pod why it goes, and deletes it.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/registry/core/pod/storage/eviction.go}.
 */
final class Evictions {
    private static final ResourceKind PODS = KindTable.of("", "pods");
    private static final int CONFLICT = 409;
    private static final Set<String> PHASES_WITHOUT_BUDGET = Set.of("Pending", "Succeeded", "Failed");

    private final Writes writes;
    private final Deletes deletes;
    private final DisruptionBudgets budgets;

    Evictions(Writes writes, Deletes deletes) {
        this.writes = writes;
        this.deletes = deletes;
        this.budgets = new DisruptionBudgets(writes);
    }

    /**
     * Deletes a pod as far as its disruption budget allows it.
     *
     * @throws StatusException 400 for another pod's name; 404; 409 if a precondition fails; 429 if the budget does not
     *     allow it now
     */
    void evict(String namespace, String name, ObjectNode eviction, Caller caller) {
        if (!Json.textAt(eviction, "metadata", "name").equals(name)) {
            throw StatusException.badRequest("name in URL does not match name in Eviction object");
        }
        ObjectNode body = Json.objectAt(eviction, "deleteOptions");
        DeleteOptions options =
                (body == null ? DeleteOptions.PLAIN : DeleteOptions.of(body)).completedBy(null, null, caller.dryRun());
        Caller acting = options.dryRun() ? caller.rehearsing() : caller;
        StoredObject pod = writes.require(PODS, namespace, name);
        Optional<StoredObject> budget = needsNoBudget(pod.tree()) ? Optional.empty() : budgets.of(pod);
        if (budget.isEmpty()) {
            mark(pod, options, acting);
        } else if (!isReady(pod.tree()) && DisruptionBudgets.letsUnhealthyGo(budget.get())) {
            uncounted(pod, budget.get(), options, acting);
        } else {
            budgets.take(budget.get(), name, acting);
            mark(pod, options, acting);
        }
    }

    private static boolean needsNoBudget(JsonNode pod) {
        return Finalization.isDeleted(pod) || PHASES_WITHOUT_BUDGET.contains(Json.textAt(pod, "status", "phase"));
    }

    /** Deletes a pod that is not ready, unless it became so meanwhile. */
    private void uncounted(StoredObject pod, StoredObject budget, DeleteOptions options, Caller caller) {
        boolean unpinned = options.resourceVersion().isEmpty();
        try {
            mark(pod, unpinned ? options.withVersion(pod.revision()) : options, caller);
        } catch (StatusException refused) {
            throw unpinned && refused.code() == CONFLICT ? DisruptionBudgets.busy(budget.name()) : refused;
        }
    }

    private void mark(StoredObject pod, DeleteOptions options, Caller caller) {
        DeleteOptions rest = options;
        if (!options.dryRun()) {
            StoredObject marked = writes.update(
                    PODS,
                    pod.namespace(),
                    pod.name(),
                    Scope.STATUS,
                    new UnrecordedChange(current -> condemned(current, options)),
                    caller);
            if (!options.resourceVersion().isEmpty()) {
                rest = options.withVersion(marked.revision());
            }
        }
        deletes.delete(PODS, pod.namespace(), pod.name(), rest);
    }

    private ObjectNode condemned(ObjectNode pod, DeleteOptions options) {
        options.checkPreconditions(PODS, pod);
        ArrayNode conditions = pod.withObjectProperty("status").withArrayProperty("conditions");
        for (JsonNode condition : conditions) {
            if (isTrue(condition, "DisruptionTarget")) {
                return pod;
            }
        }
        conditions.removeIf(condition -> Json.textAt(condition, "type").equals("DisruptionTarget"));
        conditions
                .addObject()
                .put("type", "DisruptionTarget")
                .put("observedGeneration", Json.longAt(pod, 1, "metadata", "generation"))
                .put("status", "True")
                .putNull("lastProbeTime")
                .put("lastTransitionTime", Moments.text(writes.clock().instant()))
                .put("reason", "EvictionByEvictionAPI")
                .put("message", "Eviction API: evicting");
        return pod;
    }

    private static boolean isReady(JsonNode pod) {
        for (JsonNode condition : Json.arrayAt(pod, "status", "conditions")) {
            if (isTrue(condition, "Ready")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTrue(JsonNode condition, String type) {
        return Json.textAt(condition, "type").equals(type)
                && Json.textAt(condition, "status").equals("True");
    }
}
