package dev.firedrill.harness.cluster.embedded.apiserver.json;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads YAML, which {@code kubectl} sends in server-side apply, as a JSON tree, and writes such a tree as YAML. */
public final class Yaml {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final DumpSettings BLOCKS =
            DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();

    private Yaml() {}

    /**
     * Reads one document.
     *
     * @throws MalformedJsonException if the bytes are no YAML
     */
    public static JsonReader.Document read(byte[] yaml) {
        String text = new String(yaml, StandardCharsets.UTF_8);
        if (looksLikeJson(yaml)) {
            try {
                return JsonReader.read(yaml);
            } catch (MalformedJsonException ignored) {
                // YAML may begin like JSON, as in {kind: Pod}.
                text = withoutTabs(text);
            }
        }
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setSchema(new CoreSchema())
                    .setAllowDuplicateKeys(false)
                    .build();
            Object value = new Load(settings).loadFromString(text);
            return new JsonReader.Document(tree(value), List.of());
        } catch (YamlEngineException malformed) {
            String message = malformed.getMessage();
            throw new MalformedJsonException(message == null ? "yaml: malformed" : "yaml: " + message);
        }
    }

    /** Writes one document in block style, keys in order. */
    public static byte[] write(JsonNode tree) {
        return new Dump(BLOCKS, new Texts()).dumpToString(plain(tree)).getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable Object plain(JsonNode node) {
        if (node.isObject()) {
            Map<String, @Nullable Object> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), plain(field.getValue())));
            return fields;
        }
        if (node.isArray()) {
            return node.valueStream().map(Yaml::plain).toList();
        }
        if (node.isNull()) {
            return null;
        }
        return node.isNumber() ? node.numberValue() : node.isBoolean() ? (Object) node.booleanValue() : node.asString();
    }

    /** Quotes each text that a reader of YAML 1.1 may take for something else. */
    private static final class Texts extends StandardRepresenter {
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*");
        private static final Set<String> WORDS = Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

        Texts() {
            super(BLOCKS);
            representers.put(String.class, text -> representScalar(Tag.STR, (String) text, style((String) text)));
        }

        private static ScalarStyle style(String text) {
            boolean plain = PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
            return plain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED;
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

    /** Between brackets a tab is a space, which not every parser knows. */
    private static String withoutTabs(String flow) {
        StringBuilder text = new StringBuilder(flow);
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char here = text.charAt(i);
            if (quote == '"' && here == '\\') {
                i++;
            } else if (here == quote) {
                quote = 0;
            } else if (quote == 0 && (here == '"' || here == '\'')) {
                quote = here;
            } else if (quote == 0 && here == '\t') {
                text.setCharAt(i, ' ');
            }
        }
        return text.toString();
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
