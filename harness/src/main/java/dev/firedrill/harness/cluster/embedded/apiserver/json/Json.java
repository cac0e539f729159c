package dev.firedrill.harness.cluster.embedded.apiserver.json;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds, compares and writes JSON trees. Trees are mutable: whoever shares one copies it first. */
public final class Json {
    static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** A new, empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A new, empty array. */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** A string as a node. */
    public static JsonNode string(String value) {
        return JsonNodeFactory.instance.stringNode(value);
    }

    /** An integer in the narrowest node that holds it, so that equal numbers are equal nodes. */
    public static JsonNode number(long value) {
        return (int) value == value
                ? JsonNodeFactory.instance.numberNode((int) value)
                : JsonNodeFactory.instance.numberNode(value);
    }

    /** A truth value as a node. */
    public static JsonNode bool(boolean value) {
        return JsonNodeFactory.instance.booleanNode(value);
    }

    /** A number that is no integer as a node. */
    public static JsonNode decimal(double value) {
        return JsonNodeFactory.instance.numberNode(value);
    }

    /** An array of strings. */
    public static ArrayNode strings(Iterable<String> values) {
        ArrayNode array = array();
        values.forEach(array::add);
        return array;
    }

    /** The object's field if it is an object, else null. */
    public static @Nullable ObjectNode objectAt(@Nullable JsonNode node, String... path) {
        return at(node, path) instanceof ObjectNode object ? object : null;
    }

    /** The object's field if it is an array, else an empty one that is not part of the tree. */
    public static ArrayNode arrayAt(@Nullable JsonNode node, String... path) {
        return at(node, path) instanceof ArrayNode array ? array : array();
    }

    /** The text at a path; empty where there is none. */
    public static String textAt(@Nullable JsonNode node, String... path) {
        JsonNode found = at(node, path);
        return found == null || found.isContainer() || found.isNull() ? "" : found.asString();
    }

    /** The integer at a path, or the given value where there is none. */
    public static long longAt(@Nullable JsonNode node, long otherwise, String... path) {
        JsonNode found = at(node, path);
        return found != null && found.isIntegralNumber() ? found.longValue() : otherwise;
    }

    /** The node at a path, or null. */
    public static @Nullable JsonNode at(@Nullable JsonNode node, String... path) {
        JsonNode here = node;
        for (String step : path) {
            here = here == null ? null : here.get(step);
        }
        return here;
    }

    /** The tree as UTF-8. */
    public static byte[] write(JsonNode tree) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            write(tree, generator);
        }
        return out.toByteArray();
    }

    /** The tree as text. */
    public static String text(JsonNode tree) {
        return new String(write(tree), StandardCharsets.UTF_8);
    }

    private static void write(JsonNode node, JsonGenerator out) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                out.writeStartObject();
                for (Map.Entry<String, JsonNode> field : node.properties()) {
                    out.writeName(field.getKey());
                    write(field.getValue(), out);
                }
                out.writeEndObject();
            }
            case ARRAY -> {
                out.writeStartArray();
                for (JsonNode item : node) {
                    write(item, out);
                }
                out.writeEndArray();
            }
            case STRING -> out.writeString(node.stringValue());
            case BOOLEAN -> out.writeBoolean(node.booleanValue());
            case NUMBER -> writeNumber(node, out);
            default -> out.writeNull();
        }
    }

    private static void writeNumber(JsonNode node, JsonGenerator out) {
        if (node.isInt()) {
            out.writeNumber(node.intValue());
        } else if (node.canConvertToLong() && node.isIntegralNumber()) {
            out.writeNumber(node.longValue());
        } else if (node.isDouble()) {
            out.writeNumber(node.doubleValue());
        } else {
            BigDecimal exact = node.decimalValue();
            out.writeNumber(exact);
        }
    }
}
