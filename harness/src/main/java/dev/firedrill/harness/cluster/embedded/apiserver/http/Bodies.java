package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.JsonReader;
import dev.firedrill.harness.cluster.embedded.apiserver.json.MalformedJsonException;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds out whether the body of a request can be an object at all.
 *
 * <p>Source: k8s.io/apiserver, {@code pkg/endpoints/handlers/create.go} (the words, and how a body is shown in them).
 */
final class Bodies {
    private static final int SHOWN_BYTES = 30;
    private static final String TYPE = "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; "
            + "Kind string \"json:\\\"kind,omitempty\\\"\" }";

    private Bodies() {}

    /**
     * The document in a body.
     *
     * @param kind of which it should be
     * @throws StatusException (400) if it is malformed, no object, or does not say in words what it is
     */
    static JsonReader.Document object(byte[] body, String kind, Supplier<JsonReader.Document> reading) {
        JsonReader.Document document;
        try {
            document = reading.get();
        } catch (MalformedJsonException malformed) {
            throw unrecognized(body, kind, String.valueOf(malformed.getMessage()));
        }
        if (!(document.tree() instanceof ObjectNode object)) {
            throw unrecognized(body, kind, notInto(document.tree(), "value of type " + TYPE));
        }
        for (String field : List.of("apiVersion", "kind")) {
            JsonNode value = object.get(field);
            if (value != null && !value.isString() && !value.isNull()) {
                throw unrecognized(body, kind, notInto(value, "struct field ." + field + " of type string"));
            }
        }
        return document;
    }

    private static String notInto(JsonNode value, String type) {
        String what = value.isBoolean() ? "bool" : value.getNodeType().name().toLowerCase(Locale.ROOT);
        return "json: cannot unmarshal " + what + " into Go " + type;
    }

    private static StatusException unrecognized(byte[] body, String kind, String why) {
        return StatusException.badRequest("the object provided is unrecognized (must be of type " + kind
                + "): couldn't get version/kind; json parse error: " + why + " (" + shown(body) + ")");
    }

    private static String shown(byte[] body) {
        if (body.length == 0) {
            return "<empty>";
        }
        byte[] start = Arrays.copyOf(body, Math.min(body.length, SHOWN_BYTES));
        String text = body[0] == '{'
                ? new String(start, StandardCharsets.UTF_8)
                : HexFormat.of().formatHex(start);
        return body.length > SHOWN_BYTES ? text + " ..." : text;
    }
}
