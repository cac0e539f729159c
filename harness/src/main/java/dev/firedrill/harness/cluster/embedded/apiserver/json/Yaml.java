package dev.firedrill.harness.cluster.embedded.apiserver.json;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads YAML, which {@code kubectl} sends in server-side apply, as a JSON tree. */
public final class Yaml {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Yaml() {}

    /**
     * Reads one document.
     *
     * @throws MalformedJsonException if the bytes are no YAML
     */
    public static JsonReader.Document read(byte[] yaml) {
        if (looksLikeJson(yaml)) {
            try {
                return JsonReader.read(yaml);
            } catch (MalformedJsonException ignored) {
                // YAML may begin like JSON, as in {kind: Pod}.
            }
        }
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setSchema(new CoreSchema())
                    .setAllowDuplicateKeys(false)
                    .build();
            Object value = new Load(settings).loadFromString(new String(yaml, StandardCharsets.UTF_8));
            return new JsonReader.Document(tree(value), List.of());
        } catch (YamlEngineException malformed) {
            String message = malformed.getMessage();
            throw new MalformedJsonException(message == null ? "yaml: malformed" : "yaml: " + message);
        }
    }

    private static boolean looksLikeJson(byte[] text) {
        for (byte b : text) {
            if (b > ' ') {
                return b == '{';
            }
        }
        return false;
    }

    private static JsonNode tree(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((key, field) -> object.set(String.valueOf(key), tree(field)));
            return object;
        }
        if (value instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode();
            list.forEach(item -> array.add(tree(item)));
            return array;
        }
        return scalar(value);
    }

    private static JsonNode scalar(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof Boolean bool) {
            return NODES.booleanNode(bool);
        }
        if (value instanceof Integer || value instanceof Long) {
            return Json.number(((Number) value).longValue());
        }
        if (value instanceof BigInteger big) {
            return NODES.numberNode(big);
        }
        if (value instanceof Number number) {
            return NODES.numberNode(number.doubleValue());
        }
        return NODES.stringNode(value.toString());
    }
}
