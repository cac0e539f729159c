package dev.firedrill.harness.agent;

import dev.firedrill.harness.model.FiredrillException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of the agent's messages. Trees only: nothing here reflects, which keeps the agent's start short. */
final class Wire {
    /** The version of the messages; a later one is refused. */
    static final int VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Wire() {}

    /** An empty message of the current version. */
    static ObjectNode message() {
        return JsonNodeFactory.instance.objectNode().put("v", VERSION);
    }

    static ObjectNode object(Map<String, String> texts) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        texts.forEach(object::put);
        return object;
    }

    static String write(JsonNode node) {
        return JSON.writeValueAsString(node);
    }

    /**
     * Reads a JSON object, whatever its version.
     *
     * @throws WireException if it is none
     */
    static JsonNode readObject(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (!node.isObject()) {
                throw new WireException("the body is not a JSON object");
            }
            return node;
        } catch (JacksonException e) {
            throw new WireException("the body is not JSON: " + e.getOriginalMessage());
        }
    }

    /**
     * Reads a message.
     *
     * @throws WireException if it is not a JSON object, or of a version not known here
     */
    static JsonNode read(String text) {
        JsonNode node = readObject(text);
        int version = node.path("v").asInt(0);
        if (version < 1 || version > VERSION) {
            throw new WireException(
                    "message version " + (node.has("v") ? node.path("v").asString("?") : "(none)")
                            + " is not known here (known: " + VERSION + ")");
        }
        return node;
    }

    /** The texts of an object; other values in their JSON form. */
    static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            JsonNode value = entry.getValue();
            texts.put(entry.getKey(), value.isString() ? value.stringValue() : value.toString());
        }
        return texts;
    }

    /** Says what a JSON body lacks at a pointer; empty if it has something there. */
    static Optional<String> missing(String body, String pointer) {
        JsonNode there;
        try {
            there = JSON.readTree(body).at(pointer);
        } catch (JacksonException e) {
            return Optional.of("the body is not JSON, so that it has nothing at '" + pointer + "'");
        }
        if (there.isMissingNode()) {
            return Optional.of("the body has nothing at '" + pointer + "'");
        }
        boolean empty = there.isNull()
                || (there.isContainer() && there.isEmpty())
                || (there.isString() && there.stringValue().isEmpty());
        return empty ? Optional.of("what the body has at '" + pointer + "' is empty") : Optional.empty();
    }

    /** A message that cannot be taken; its text goes back to the sender. */
    static final class WireException extends FiredrillException {
        private static final long serialVersionUID = 1L;

        WireException(String message) {
            super(message);
        }
    }
}
