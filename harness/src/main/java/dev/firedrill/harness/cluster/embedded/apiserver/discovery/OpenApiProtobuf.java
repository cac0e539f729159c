package dev.firedrill.harness.cluster.embedded.apiserver.discovery;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.protobuf.WireWriter;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Writes the OpenAPI document of version 2 in Protobuf. Kubectl takes it in no other form, and checks by it what has no
 * path of its own, such as a List in a file.
 *
 * <p>Source: github.com/google/gnostic, {@code openapiv2/OpenAPIv2.proto}.
 */
final class OpenApiProtobuf {
    private static final Map<String, Integer> METHODS = Map.of("get", 2, "put", 3, "post", 4, "delete", 5, "patch", 8);

    private OpenApiProtobuf() {}

    static byte[] of(JsonNode document) {
        JsonNode info = document.path("info");
        WireWriter paths = new WireWriter();
        document.path("paths")
                .properties()
                .forEach(path -> paths.message(2, named(path.getKey(), path(path.getValue()))));
        return new WireWriter()
                .text(1, Json.textAt(document, "swagger"))
                .message(2, new WireWriter().text(1, Json.textAt(info, "title")).text(2, Json.textAt(info, "version")))
                .message(8, paths)
                .message(9, schemas(document.path("definitions")))
                .toBytes();
    }

    private static WireWriter named(String name, WireWriter value) {
        return new WireWriter().text(1, name).message(2, value);
    }

    private static WireWriter path(JsonNode path) {
        WireWriter item = new WireWriter();
        METHODS.forEach((method, field) -> {
            if (path.has(method)) {
                item.message(field, operation(path.path(method)));
            }
        });
        return item;
    }

    private static WireWriter operation(JsonNode operation) {
        WireWriter out = new WireWriter();
        for (JsonNode parameter : operation.path("parameters")) {
            WireWriter query = new WireWriter()
                    .text(2, Json.textAt(parameter, "in"))
                    .text(4, Json.textAt(parameter, "name"))
                    .text(6, Json.textAt(parameter, "type"));
            WireWriter other = new WireWriter().message(2, new WireWriter().message(3, query));
            out.message(8, new WireWriter().message(1, other));
        }
        WireWriter responses = new WireWriter();
        operation.path("responses").properties().forEach(response -> {
            WireWriter described = new WireWriter().text(1, Json.textAt(response.getValue(), "description"));
            responses.message(1, named(response.getKey(), new WireWriter().message(1, described)));
        });
        out.message(9, responses);
        return extensions(13, operation, out);
    }

    private static WireWriter schemas(JsonNode schemas) {
        WireWriter out = new WireWriter();
        schemas.properties().forEach(schema -> out.message(1, named(schema.getKey(), schema(schema.getValue()))));
        return out;
    }

    private static WireWriter schema(JsonNode schema) {
        WireWriter out = new WireWriter()
                .text(1, Json.textAt(schema, "$ref"))
                .text(2, Json.textAt(schema, "format"))
                .text(4, Json.textAt(schema, "description"));
        if (schema.has("additionalProperties")) {
            out.message(21, new WireWriter().message(1, schema(schema.path("additionalProperties"))));
        }
        if (schema.has("type")) {
            out.message(22, new WireWriter().text(1, Json.textAt(schema, "type")));
        }
        if (schema.has("items")) {
            out.message(23, new WireWriter().message(1, schema(schema.path("items"))));
        }
        if (schema.has("properties")) {
            out.message(25, schemas(schema.path("properties")));
        }
        return extensions(31, schema, out);
    }

    private static WireWriter extensions(int field, JsonNode of, WireWriter out) {
        for (Map.Entry<String, JsonNode> entry : of.properties()) {
            if (entry.getKey().startsWith("x-")) {
                // JSON is YAML, too.
                WireWriter yaml = new WireWriter().text(2, Json.text(entry.getValue()));
                out.message(field, named(entry.getKey(), yaml));
            }
        }
        return out;
    }
}
