package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Sets what is not set. A field that is there stays as it is; an empty text counts as not there, as in Go. */
final class Fill {
    private Fill() {}

    static void text(ObjectNode object, String field, String value) {
        if (Json.textAt(object, field).isEmpty()) {
            object.put(field, value);
        }
    }

    static void number(ObjectNode object, String field, int value) {
        object.putIfAbsent(field, Json.number(value));
    }

    /** An object that has no labels gets those of its pods. */
    static void labels(ObjectNode owner, JsonNode ofPods) {
        ObjectNode metadata = object(owner, "metadata");
        if (metadata.path("labels").isEmpty() && !ofPods.isEmpty()) {
            metadata.set("labels", ofPods.deepCopy());
        }
    }

    static void flag(ObjectNode object, String field, boolean value) {
        if (!object.has(field)) {
            object.put(field, value);
        }
    }

    static ObjectNode object(ObjectNode owner, String field) {
        if (owner.get(field) instanceof ObjectNode existing) {
            return existing;
        }
        return owner.putObject(field);
    }

    static ArrayNode list(ObjectNode owner, String field, List<String> values) {
        if (owner.get(field) instanceof ArrayNode existing) {
            return existing;
        }
        ArrayNode array = Json.strings(values);
        owner.set(field, array);
        return array;
    }

    /** Does something with each object of a list, if there is one. */
    static void each(ObjectNode owner, String field, Consumer<ObjectNode> action) {
        for (JsonNode item : Json.arrayAt(owner, field)) {
            if (item instanceof ObjectNode object) {
                action.accept(object);
            }
        }
    }

    /** Does something with a nested object, if there is one. */
    static void within(ObjectNode owner, String field, Consumer<ObjectNode> action) {
        if (owner.get(field) instanceof ObjectNode object) {
            action.accept(object);
        }
    }
}
