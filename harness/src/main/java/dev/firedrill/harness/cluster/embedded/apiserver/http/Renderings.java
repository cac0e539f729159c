package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import dev.firedrill.harness.cluster.embedded.apiserver.table.Tables;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Chooses how a client sees a kind. */
final class Renderings {
    private Renderings() {}

    static Rendering of(ResourceKind kind, ApiRequest request) {
        Form form = Form.of(request.accept());
        return switch (form.view()) {
            case OBJECT -> Versions.isConverted(kind) ? Versions.rendering(kind) : Rendering.plain(kind);
            case TABLE -> new TableRendering(kind, included(request.query("includeObject")), form.version());
            case METADATA -> new MetadataRendering(kind, form.version(), false);
            case METADATA_LIST -> new MetadataRendering(kind, form.version(), true);
        };
    }

    private static Tables.Included included(@Nullable String text) {
        return switch (text == null ? "" : text) {
            case "", "Metadata" -> Tables.Included.METADATA;
            case "None" -> Tables.Included.NOTHING;
            case "Object" -> Tables.Included.OBJECT;
            default ->
                throw StatusException.badRequest(
                        "Unable to convert to Table as requested: includeObject: Invalid value: \"" + text
                                + "\": must be 'Metadata', 'Object', 'None', or empty");
        };
    }

    /** As tables; a watch's first event has the columns' definitions. */
    private static final class TableRendering implements Rendering {
        private final ResourceKind kind;
        private final Tables.Included included;
        private final String version;
        private boolean headed = true;

        TableRendering(ResourceKind kind, Tables.Included included, String version) {
            this.kind = kind;
            this.included = included;
            this.version = version;
        }

        @Override
        public Buffer object(StoredObject object) {
            return table(List.of(object), version(object), true);
        }

        @Override
        public Buffer list(List<StoredObject> objects, ObjectNode metadata) {
            return table(objects, metadata, true);
        }

        @Override
        public Buffer event(StoredObject object) {
            boolean first = headed;
            headed = false;
            return table(List.of(object), version(object), first);
        }

        private Buffer table(List<StoredObject> objects, ObjectNode metadata, boolean withHead) {
            return Buffer.buffer(
                    Json.write(Tables.of(kind, objects, metadata, included, version, withHead, Instant.now())));
        }

        private static ObjectNode version(StoredObject object) {
            return Json.object().put("resourceVersion", Long.toString(object.revision()));
        }
    }

    /** As metadata, of one or of a list, as it was asked for. */
    private static final class MetadataRendering implements Rendering {
        private static final String REQUESTED =
                "you requested PartialObjectMetadata%s, but the requested object is %s (*%s.%s)";

        private final ResourceKind kind;
        private final String version;
        private final boolean ofList;

        MetadataRendering(ResourceKind kind, String version, boolean ofList) {
            this.kind = kind;
            this.version = version;
            this.ofList = ofList;
        }

        @Override
        public Buffer object(StoredObject object) {
            if (ofList) {
                throw notAcceptable(
                        REQUESTED.formatted("List", "not a list", Decoding.internalPackage(kind), kind.kind()));
            }
            return event(object);
        }

        @Override
        public Buffer list(List<StoredObject> objects, ObjectNode metadata) {
            if (!ofList) {
                throw notAcceptable(REQUESTED.formatted("", "a list", Decoding.internalPackage(kind), kind.listKind()));
            }
            List<byte[]> items = objects.stream()
                    .map(object -> Json.write(Tables.metadataOf(object.tree(), version)))
                    .toList();
            return Rendering.lists("PartialObjectMetadataList", Tables.GROUP + version, metadata, items);
        }

        @Override
        public Buffer event(StoredObject object) {
            return Buffer.buffer(Json.write(Tables.metadataOf(object.tree(), version)));
        }

        private static StatusException notAcceptable(String why) {
            return new StatusException(406, "NotAcceptable", why, null);
        }
    }
}
