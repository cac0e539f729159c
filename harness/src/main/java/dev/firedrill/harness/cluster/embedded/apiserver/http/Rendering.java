package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.json.JsonReader;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Writes objects and lists of one kind in one form. */
interface Rendering {
    /** One object. */
    Buffer object(StoredObject object);

    /**
     * A list.
     *
     * @param metadata of the list
     */
    Buffer list(List<StoredObject> objects, ObjectNode metadata);

    /** The same for watches, where later events need not repeat what the first says. */
    default Buffer event(StoredObject object) {
        return object(object);
    }

    /** Objects as they are stored. */
    static Rendering plain(ResourceKind kind) {
        return new Rendering() {
            @Override
            public Buffer object(StoredObject object) {
                return Reply.body(object.json());
            }

            @Override
            public Buffer list(List<StoredObject> objects, ObjectNode metadata) {
                return lists(
                        kind.listKind(),
                        kind.apiVersion(),
                        metadata,
                        objects.stream().map(object -> item(object.json())).toList());
            }

            /** The kind is said once, by the list. */
            private byte[] item(byte[] json) {
                String head = "{\"apiVersion\":\"" + kind.apiVersion() + "\",\"kind\":\"" + kind.kind() + "\",";
                int length = head.length();
                if (length < json.length && new String(json, 0, length, StandardCharsets.UTF_8).equals(head)) {
                    byte[] item = Arrays.copyOfRange(json, length - 1, json.length);
                    item[0] = '{';
                    return item;
                }
                ObjectNode item = JsonReader.object(json);
                item.remove(List.of("apiVersion", "kind"));
                return Json.write(item);
            }
        };
    }

    /** A list from the bytes of its items. */
    static Buffer lists(String kind, String apiVersion, ObjectNode metadata, List<byte[]> items) {
        int size = 256;
        for (byte[] item : items) {
            size += item.length + 1;
        }
        Buffer buffer = Buffer.buffer(size);
        buffer.appendString("{\"kind\":\"" + kind + "\",\"apiVersion\":\"" + apiVersion + "\",\"metadata\":");
        buffer.appendBytes(Json.write(metadata));
        buffer.appendString(",\"items\":[", StandardCharsets.UTF_8.name());
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                buffer.appendByte((byte) ',');
            }
            buffer.appendBytes(items.get(i));
        }
        return buffer.appendString("]}");
    }
}
