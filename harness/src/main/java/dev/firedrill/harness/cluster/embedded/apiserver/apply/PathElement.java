package dev.firedrill.harness.cluster.embedded.apiserver.apply;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.json.JsonReader;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ListType;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Names of members in a set of fields: {@code f:name} of a field, {@code k:{..}} of an item told apart by keys,
 * {@code v:..} of an item that is its own key, and {@code .} for the member itself.
 *
 * <p>Source: {@code FieldsV1} in the Kubernetes API reference.
 */
final class PathElement {
    static final String SELF = ".";
    private static final String FIELD = "f:";
    private static final String KEYS = "k:";
    private static final String VALUE = "v:";

    private PathElement() {}

    static String field(String name) {
        return FIELD + name;
    }

    /** The field's name, or null if the element is none of a field. */
    static @Nullable String fieldName(String element) {
        return element.startsWith(FIELD) ? element.substring(FIELD.length()) : null;
    }

    /** Names an item of a list that is no single value. */
    static String item(JsonNode item, ListType list) {
        if (list.rule().keys().isEmpty()) {
            return VALUE + Json.text(item);
        }
        ObjectNode keys = Json.object();
        list.rule().keys().stream().sorted().forEach(key -> {
            JsonNode value = item.get(key);
            if (value != null) {
                keys.set(key, value);
            } else if (key.equals("protocol")) {
                keys.put(key, "TCP");
            }
        });
        return KEYS + Json.text(keys);
    }

    /** As people read it: {@code .spec}, {@code [name="api"]}, {@code [="x"]}. */
    static String text(String element) {
        if (element.startsWith(FIELD)) {
            return "." + element.substring(FIELD.length());
        }
        if (element.startsWith(VALUE)) {
            return "[=" + element.substring(VALUE.length()) + "]";
        }
        if (element.startsWith(KEYS)) {
            StringJoiner keys = new StringJoiner(",", "[", "]");
            JsonNode tree = JsonReader.object(element.substring(KEYS.length()).getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, JsonNode> key : tree.properties()) {
                keys.add(key.getKey() + "=" + Json.text(key.getValue()));
            }
            return keys.toString();
        }
        return "";
    }
}
