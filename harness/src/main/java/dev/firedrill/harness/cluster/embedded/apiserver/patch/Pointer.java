package dev.firedrill.harness.cluster.embedded.apiserver.patch;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A place in a document.
 *
 * <p>Source: RFC 6901; where github.com/evanphx/json-patch, which API servers use, takes more, so does this.
 */
final class Pointer {
    private final List<String> steps = new ArrayList<>();

    Pointer(String text) {
        if (!text.isEmpty() && !text.startsWith("/")) {
            throw JsonPatch.unprocessable();
        }
        String[] parts = text.split("/", -1);
        for (int i = 1; i < parts.length; i++) {
            steps.add(parts[i].replace("~1", "/").replace("~0", "~"));
        }
    }

    JsonNode get(JsonNode document) {
        JsonNode here = document;
        for (String step : steps) {
            here = child(here, step);
        }
        return here;
    }

    /** The same; null for a member that an object does not have. */
    JsonNode getOrNull(JsonNode document) {
        if (steps.isEmpty()) {
            return document;
        }
        JsonNode parent = parent(document);
        return parent instanceof ObjectNode object && !object.has(last()) ? NullNode.getInstance() : get(document);
    }

    JsonNode add(JsonNode document, JsonNode value) {
        if (steps.isEmpty()) {
            return value;
        }
        JsonNode parent = parent(document);
        if (parent instanceof ObjectNode object) {
            object.set(last(), value);
        } else if (parent instanceof ArrayNode array) {
            array.insert(last().equals("-") ? array.size() : index(last(), array.size() + 1), value);
        } else {
            throw missing();
        }
        return document;
    }

    JsonNode replace(JsonNode document, JsonNode value) {
        if (steps.isEmpty()) {
            return value;
        }
        JsonNode parent = parent(document);
        if (parent instanceof ObjectNode object) {
            object.set(last(), value);
        } else if (parent instanceof ArrayNode array) {
            array.set(index(last(), array.size()), value);
        } else {
            throw missing();
        }
        return document;
    }

    JsonNode remove(JsonNode document) {
        if (steps.isEmpty()) {
            throw missing();
        }
        get(document);
        JsonNode parent = parent(document);
        if (parent instanceof ObjectNode object) {
            object.remove(last());
        } else if (parent instanceof ArrayNode array) {
            array.remove(index(last(), array.size()));
        }
        return document;
    }

    private JsonNode parent(JsonNode document) {
        JsonNode here = document;
        for (String step : steps.subList(0, Math.max(0, steps.size() - 1))) {
            here = child(here, step);
        }
        return here;
    }

    private String last() {
        return steps.get(steps.size() - 1);
    }

    private static JsonNode child(JsonNode parent, String step) {
        JsonNode child = parent instanceof ArrayNode array
                ? array.get(index(step, array.size()))
                : parent.isObject() ? parent.get(step) : null;
        if (child == null) {
            throw missing();
        }
        return child;
    }

    /** A place in an array; what is below 0 counts from its end. */
    private static int index(String step, int limit) {
        if (!step.matches("0|-?[1-9][0-9]{0,8}")) {
            throw missing();
        }
        int index = Integer.parseInt(step);
        index = index < 0 ? index + limit : index;
        if (index < 0 || index >= limit) {
            throw missing();
        }
        return index;
    }

    private static RuntimeException missing() {
        return JsonPatch.unprocessable();
    }
}
