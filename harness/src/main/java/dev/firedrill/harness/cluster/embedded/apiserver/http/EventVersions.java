package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import io.vertx.core.buffer.Buffer;
import java.util.List;
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
    private static final ResourceKind CORE = KindTable.of("", "events");
    private static final Map<String, String> CORE_TO_EVENTS = Map.of(
            "involvedObject", "regarding",
            "message", "note",
            "source", "deprecatedSource",
            "firstTimestamp", "deprecatedFirstTimestamp",
            "lastTimestamp", "deprecatedLastTimestamp",
            "count", "deprecatedCount",
            "reportingComponent", "reportingController");

    private EventVersions() {}

    static boolean isConverted(ResourceKind kind) {
        return kind.group().equals(GROUP);
    }

    /** The kind as which objects of a kind are kept. */
    static ResourceKind stored(ResourceKind kind) {
        return isConverted(kind) ? CORE : kind;
    }

    /** An object as it is kept. */
    static ObjectNode toStored(ResourceKind kind, ObjectNode object) {
        return isConverted(kind) ? toCore(object) : object;
    }

    /** A kept object as it is shown. */
    static ObjectNode toShown(ResourceKind kind, ObjectNode object) {
        return isConverted(kind) ? fromCore(object) : object;
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

    static Rendering rendering(ResourceKind kind) {
        return new Rendering() {
            @Override
            public Buffer object(StoredObject object) {
                return Buffer.buffer(Json.write(fromCore(object.tree())));
            }

            @Override
            public Buffer list(List<StoredObject> objects, ObjectNode metadata) {
                List<byte[]> items = objects.stream()
                        .map(object -> Json.write(fromCore(object.tree()).remove(List.of("apiVersion", "kind"))))
                        .toList();
                return Rendering.lists(kind.listKind(), kind.apiVersion(), metadata, items);
            }
        };
    }
}
