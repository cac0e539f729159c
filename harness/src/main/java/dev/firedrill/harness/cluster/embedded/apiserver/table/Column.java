package dev.firedrill.harness.cluster.embedded.apiserver.table;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One column of a kind's table.
 *
 * @param type {@code string}, {@code integer}, {@code boolean} or {@code date}; Kubernetes says string of most numbers
 * @param format {@code name} for the object's name, else empty
 * @param wide is shown only with {@code -o wide}
 */
record Column(String name, String type, String format, boolean wide, Cell cell) {
    /** Computes what stands in the column. */
    interface Cell {
        JsonNode of(JsonNode object, Ages ages);
    }

    /** Computes a text. */
    interface Text {
        String of(JsonNode object);
    }

    /** The object's name. */
    static final Column NAME = new Column(
            "Name", "string", "name", false, (object, ages) -> Json.string(Json.textAt(object, "metadata", "name")));

    /** How long the object has been there. */
    static final Column AGE = new Column(
            "Age",
            "string",
            "",
            false,
            (object, ages) -> Json.string(ages.since(Json.textAt(object, "metadata", "creationTimestamp"))));

    /** When the object was made. */
    static final Column CREATED_AT = text("Created At", object -> Json.textAt(object, "metadata", "creationTimestamp"))
            .typed("date");

    static Column text(String name, Text text) {
        return new Column(name, "string", "", false, (object, ages) -> Json.string(text.of(object)));
    }

    /** The text at a path. */
    static Column text(String name, String... path) {
        return text(name, object -> Json.textAt(object, path));
    }

    /** The text at a path, or something else where there is none. */
    static Column textOr(String otherwise, String name, String... path) {
        return text(name, object -> {
            String text = Json.textAt(object, path);
            return text.isEmpty() ? otherwise : text;
        });
    }

    /** The number at a path; 0 where there is none. */
    static Column number(String name, String... path) {
        return new Column(name, "integer", "", false, (object, ages) -> Json.number(Json.longAt(object, 0, path)));
    }

    /** Whether something at a path is so. */
    static Column flag(String name, boolean otherwise, String... path) {
        return new Column(name, "boolean", "", false, (object, ages) -> {
            JsonNode found = Json.at(object, path);
            return Json.bool(found == null ? otherwise : found.asBoolean(otherwise));
        });
    }

    /** How many entries there are at a path. */
    static Column count(String name, String... path) {
        return new Column(name, "string", "", false, (object, ages) -> {
            JsonNode found = Json.at(object, path);
            return Json.number(found == null ? 0 : found.size());
        });
    }

    Column whenWide() {
        return new Column(name, type, format, true, cell);
    }

    Column typed(String another) {
        return new Column(name, another, format, wide, cell);
    }

    ObjectNode definition() {
        return Json.object()
                .put("name", name)
                .put("type", type)
                .put("format", format)
                .put("description", "")
                .put("priority", wide ? 1 : 0);
    }
}
