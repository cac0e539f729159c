package dev.firedrill.harness.cluster.embedded.apiserver.verbs;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.LabelSelector;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.Selection;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.ObjectStore;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Judges an eviction by the budgets that select the pod, counting pods at that moment. */
final class DisruptionBudgets {
    private static final ResourceKind BUDGETS = KindTable.of("policy", "poddisruptionbudgets");
    private static final ResourceKind PODS = KindTable.of("", "pods");

    private final ObjectStore store;

    DisruptionBudgets(ObjectStore store) {
        this.store = store;
    }

    /**
     * @throws StatusException (429) if a budget does not allow one pod less
     */
    void check(String namespace, JsonNode pod) {
        if (!isReady(pod)) {
            return;
        }
        Map<String, String> labels = new HashMap<>();
        pod.path("metadata")
                .path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
        for (StoredObject stored :
                store.list(BUDGETS, namespace, Selection.EVERYTHING).objects()) {
            JsonNode budget = stored.tree();
            LabelSelector selector = LabelSelector.of(budget.path("spec").path("selector"));
            if (selector.matches(labels) && allowed(budget.path("spec"), pods(namespace, selector)) <= 0) {
                throw refused(stored.name());
            }
        }
    }

    private List<JsonNode> pods(String namespace, LabelSelector selector) {
        return store.list(PODS, namespace, Selection.EVERYTHING).objects().stream()
                .filter(pod -> selector.matches(pod.labels()))
                .<JsonNode>map(StoredObject::tree)
                .toList();
    }

    private static long allowed(JsonNode budget, List<JsonNode> pods) {
        long healthy = pods.stream().filter(DisruptionBudgets::isReady).count();
        long needed = budget.has("maxUnavailable")
                ? pods.size() - share(budget.path("maxUnavailable"), pods.size())
                : share(budget.path("minAvailable"), pods.size());
        return healthy - needed;
    }

    private static long share(JsonNode value, int of) {
        String text = value.asString("0");
        if (!text.endsWith("%")) {
            return value.asLong(0);
        }
        return (long) Math.ceil(Integer.parseInt(text.substring(0, text.length() - 1)) * of / 100.0);
    }

    private static boolean isReady(JsonNode pod) {
        for (JsonNode condition : Json.arrayAt(pod, "status", "conditions")) {
            if (Json.textAt(condition, "type").equals("Ready")) {
                return Json.textAt(condition, "status").equals("True");
            }
        }
        return false;
    }

    private static StatusException refused(String budget) {
        ObjectNode details = Json.object();
        details.putArray("causes")
                .addObject()
                .put("reason", "DisruptionBudget")
                .put("message", "The disruption budget " + budget + " does not allow another disruption now");
        String message = "Cannot evict pod as it would violate the pod's disruption budget.";
        return new StatusException(429, "TooManyRequests", message, details);
    }
}
