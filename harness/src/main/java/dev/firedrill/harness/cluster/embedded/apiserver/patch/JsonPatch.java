package dev.firedrill.harness.cluster.embedded.apiserver.patch;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Source: RFC 6902. */
public final class JsonPatch {
    private static final int MOST_OPERATIONS = 10_000;

    private JsonPatch() {}

    /**
     * The target after all operations. The target may be changed in place.
     *
     * @throws StatusException 400 if the patch is malformed; 422 if an operation cannot be done or a test fails
     */
    public static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ArrayNode operations)) {
            throw StatusException.badRequest(
                    "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp");
        }
        if (operations.size() > MOST_OPERATIONS) {
            throw StatusException.tooLarge(MOST_OPERATIONS);
        }
        JsonNode result = target;
        for (JsonNode operation : operations) {
            result = step(result, operation);
        }
        return result;
    }

    private static JsonNode step(JsonNode target, JsonNode operation) {
        String name = operation.path("op").asString("");
        Pointer path = pointer(operation, "path");
        return switch (name) {
            case "add" -> path.add(target, value(operation));
            case "remove" -> path.remove(target);
            case "replace" -> path.replace(target, value(operation));
            case "test" -> test(target, path, value(operation));
            case "copy" ->
                path.add(target, pointer(operation, "from").get(target).deepCopy());
            case "move" -> {
                Pointer from = pointer(operation, "from");
                JsonNode moved = from.get(target);
                yield path.add(from.remove(target), moved);
            }
            default -> throw unprocessable();
        };
    }

    private static JsonNode test(JsonNode target, Pointer path, JsonNode expected) {
        if (!path.getOrNull(target).equals(expected)) {
            throw unprocessable();
        }
        return target;
    }

    private static Pointer pointer(JsonNode operation, String field) {
        JsonNode path = operation.get(field);
        if (path == null || !path.isString()) {
            throw unprocessable();
        }
        return new Pointer(path.stringValue());
    }

    private static JsonNode value(JsonNode operation) {
        JsonNode value = operation.get("value");
        if (value == null) {
            throw unprocessable();
        }
        return value.deepCopy();
    }

    /** An API server does not say which operation it was. */
    static StatusException unprocessable() {
        return new StatusException(
                422, "Invalid", "the server rejected our request due to an error in our request", Json.object());
    }
}
