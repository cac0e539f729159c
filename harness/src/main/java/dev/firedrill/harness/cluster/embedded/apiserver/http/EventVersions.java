package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events are kept in the form of the core group and shown in both.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/events/v1/conversion.go}.
 */
final class EventVersions {
    private static final String GROUP = "events.k8s.io";
    private static final Map<String, String> CORE_TO_EVENTS = Map.of(
            "involvedObject", "regarding",
            "message", "note",
            "source", "deprecatedSource",
            "firstTimestamp", "deprecatedFirstTimestamp",
            "lastTimestamp", "deprecatedLastTimestamp",
            "count", "deprecatedCount",
            "reportingComponent", "reportingController");

    private EventVersions() {}

    /** Whether it is the kind of the newer group. */
    static boolean isNew(ResourceKind kind) {
        return kind.group().equals(GROUP);
    }

    static ObjectNode toCore(ObjectNode event) {
        ObjectNode core = Json.object();
        event.properties().forEach(field -> core.set(coreName(field.getKey()), field.getValue()));
        return core.put("apiVersion", "v1");
    }

    static ObjectNode fromCore(ObjectNode core) {
        ObjectNode event = Json.object();
        for (Map.Entry<String, JsonNode> field : core.properties()) {
            if (!field.getValue().isString() || !field.getValue().stringValue().isEmpty()) {
                event.set(CORE_TO_EVENTS.getOrDefault(field.getKey(), field.getKey()), field.getValue());
            }
        }
        return event.put("apiVersion", GROUP + "/v1");
    }

    private static String coreName(String name) {
        return CORE_TO_EVENTS.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(name);
    }
}
