package dev.firedrill.harness.cluster.embedded.apiserver.verbs;

import dev.firedrill.harness.cluster.embedded.apiserver.admission.Moments;
import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.LabelSelector;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.Selection;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Grants evictions by the status of the budget that selects the pod, and writes each down there, so that the next one
 * is judged by what is left even while the pod still ends.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/registry/core/pod/storage/eviction.go}.
 */
final class DisruptionBudgets {
    private static final ResourceKind BUDGETS = KindTable.of("policy", "poddisruptionbudgets");
    private static final int RETRY_SECONDS = 10;
    /** Whom the record of managed fields names. */
    private static final String SERVER = "kube-apiserver";

    private final Writes writes;

    DisruptionBudgets(Writes writes) {
        this.writes = writes;
    }

    /**
     * The budget of a pod.
     *
     * @throws StatusException (500) if there are several
     */
    Optional<StoredObject> of(StoredObject pod) {
        List<StoredObject> all = writes.store().list(BUDGETS, pod.namespace(), Selection.EVERYTHING).objects().stream()
                .filter(budget -> selector(budget).matches(pod.labels()))
                .toList();
        if (all.size() > 1) {
            throw StatusException.mistaken(
                    "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        }
        return all.stream().findFirst();
    }

    private static LabelSelector selector(StoredObject budget) {
        return LabelSelector.of(budget.tree().path("spec").path("selector"));
    }

    /** Whether a pod that is not ready may go without being counted. */
    static boolean letsUnhealthyGo(StoredObject budget) {
        JsonNode tree = budget.tree();
        if (Json.textAt(tree, "spec", "unhealthyPodEvictionPolicy").equals("AlwaysAllow")) {
            return true;
        }
        long desired = Json.longAt(tree, 0, "status", "desiredHealthy");
        return desired > 0 && Json.longAt(tree, 0, "status", "currentHealthy") >= desired;
    }

    /**
     * Takes one disruption from what the budget allows.
     *
     * @throws StatusException (429) if it allows none, or its status is not that of its newest version
     */
    void take(StoredObject budget, String pod, Caller caller) {
        Instant now = writes.clock().instant();
        Writes.Change change = current -> taken(current, pod, Moments.text(now));
        writes.update(BUDGETS, budget.namespace(), budget.name(), Scope.STATUS, change, caller.acting(SERVER));
    }

    private static ObjectNode taken(ObjectNode budget, String pod, String now) {
        ObjectNode status = budget.withObjectProperty("status");
        if (Json.longAt(status, 0, "observedGeneration") < Json.longAt(budget, 0, "metadata", "generation")) {
            throw busy(Json.textAt(budget, "metadata", "name"));
        }
        long allowed = Json.longAt(status, 0, "disruptionsAllowed");
        if (allowed <= 0) {
            throw refused(budget);
        }
        status.set("disruptionsAllowed", Json.number(allowed - 1));
        if (allowed == 1) {
            exhaust(status, now);
        }
        status.withObjectProperty("disruptedPods").put(pod, now);
        return budget;
    }

    private static void exhaust(ObjectNode status, String now) {
        for (JsonNode condition : Json.arrayAt(status, "conditions")) {
            if (condition instanceof ObjectNode changed
                    && Json.textAt(changed, "type").equals("DisruptionAllowed")) {
                changed.put("status", "False").put("reason", "InsufficientPods").put("lastTransitionTime", now);
            }
        }
    }

    /** A budget that nobody can say anything of now. */
    static StatusException busy(String budget) {
        return tooMany("The disruption budget " + budget + " is still being processed by the server.", RETRY_SECONDS);
    }

    private static StatusException refused(ObjectNode budget) {
        String message = "The disruption budget %s needs %d healthy pods and has %d currently"
                .formatted(
                        Json.textAt(budget, "metadata", "name"),
                        Json.longAt(budget, 0, "status", "desiredHealthy"),
                        Json.longAt(budget, 0, "status", "currentHealthy"));
        return tooMany(message, 0);
    }

    private static StatusException tooMany(String cause, int retryAfter) {
        ObjectNode details = Json.object();
        details.putArray("causes").addObject().put("reason", "DisruptionBudget").put("message", cause);
        if (retryAfter > 0) {
            details.put("retryAfterSeconds", retryAfter);
        }
        String message = "Cannot evict pod as it would violate the pod's disruption budget.";
        return new StatusException(429, "TooManyRequests", message, details);
    }
}
