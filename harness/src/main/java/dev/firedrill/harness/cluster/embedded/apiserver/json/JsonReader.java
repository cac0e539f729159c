package dev.firedrill.harness.cluster.embedded.apiserver.json;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads bytes into a tree and notices fields that occur twice, of which the last one counts. */
public final class JsonReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final List<String> duplicates = new ArrayList<>();

    private JsonReader() {}

    /**
     * A document.
     *
     * @param tree what was read
     * @param duplicates the paths of fields that occur twice, such as {@code spec.replicas}
     */
    public record Document(JsonNode tree, List<String> duplicates) {
        public Document {
            duplicates = List.copyOf(duplicates);
        }
    }

    /**
     * Reads one document.
     *
     * @throws MalformedJsonException if the bytes are no JSON, or more follows
     */
    public static Document read(byte[] json) {
        JsonReader reader = new JsonReader();
        try (JsonParser parser = Json.FACTORY.createParser(ObjectReadContext.empty(), json)) {
            JsonToken first = parser.nextToken();
            JsonNode tree = first == null ? NODES.missingNode() : reader.value(parser, first);
            if (first == null || parser.nextToken() != null) {
                throw malformed(json, "not one document");
            }
            return new Document(tree, reader.duplicates);
        } catch (JacksonException malformed) {
            throw malformed(json, malformed.getOriginalMessage());
        }
    }

    private static MalformedJsonException malformed(byte[] json, String otherwise) {
        return new MalformedJsonException(GoSyntax.complaint(json).orElse(otherwise));
    }

    /** Reads an object that this server wrote. */
    public static ObjectNode object(byte[] json) {
        return (ObjectNode) read(json).tree();
    }

    private JsonNode value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            default -> NODES.nullNode();
        };
    }

    private static JsonNode integer(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private ObjectNode object(JsonParser parser) {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonNode before = object.replace(name, value(parser, parser.nextToken()));
            if (before != null) {
                duplicates.add(path(parser.streamReadContext()));
            }
        }
        return object;
    }

    private ArrayNode array(JsonParser parser) {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(parser, token));
        }
        return array;
    }

    private static String path(TokenStreamContext innermost) {
        Deque<String> steps = new ArrayDeque<>();
        for (TokenStreamContext at = innermost; at != null && !at.inRoot(); at = at.getParent()) {
            steps.push(at.inArray() ? "[" + at.getCurrentIndex() + "]" : "." + at.currentName());
        }
        String path = String.join("", steps);
        return path.startsWith(".") ? path.substring(1) : path;
    }
}
