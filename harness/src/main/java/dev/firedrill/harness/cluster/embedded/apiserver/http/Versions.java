package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Two kinds are served in two versions each: objects are kept in one of them and converted to the other. */
final class Versions {
    private static final ResourceKind EVENTS = KindTable.of("", "events");
    private static final ResourceKind SCALERS =
            KindTable.find("autoscaling", "v2", "horizontalpodautoscalers").orElseThrow();

    private Versions() {}

    /** Whether objects of the kind are kept as another one. */
    static boolean isConverted(ResourceKind kind) {
        return EventVersions.isNew(kind) || isFirstScaler(kind);
    }

    private static boolean isFirstScaler(ResourceKind kind) {
        return kind.storage().equals(SCALERS.storage()) && !kind.version().equals(SCALERS.version());
    }

    /** The kind as which objects of a kind are kept. */
    static ResourceKind stored(ResourceKind kind) {
        return EventVersions.isNew(kind) ? EVENTS : isFirstScaler(kind) ? SCALERS : kind;
    }

    /** An object as it is kept. */
    static ObjectNode toStored(ResourceKind kind, ObjectNode object) {
        return EventVersions.isNew(kind)
                ? EventVersions.toCore(object)
                : isFirstScaler(kind) ? ScalerVersions.toStored(object) : object;
    }

    /** A kept object as it is shown. */
    static ObjectNode toShown(ResourceKind kind, ObjectNode object) {
        return EventVersions.isNew(kind)
                ? EventVersions.fromCore(object)
                : isFirstScaler(kind) ? ScalerVersions.fromStored(object) : object;
    }

    static Rendering rendering(ResourceKind kind) {
        return new Rendering() {
            @Override
            public Buffer object(StoredObject object) {
                return Buffer.buffer(Json.write(toShown(kind, object.tree())));
            }

            @Override
            public Buffer list(List<StoredObject> objects, ObjectNode metadata) {
                List<byte[]> items = objects.stream()
                        .map(object -> Json.write(toShown(kind, object.tree()).remove(List.of("apiVersion", "kind"))))
                        .toList();
                return Rendering.lists(kind.listKind(), kind.apiVersion(), metadata, items);
            }
        };
    }
}
