package dev.firedrill.harness.cluster.embedded.apiserver.json;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Writes a JSON tree as YAML in block style, keys in order. What a reader may take for something else is quoted. */
public final class YamlWriter {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*");
    private static final Set<String> WORDS = Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    /** The tree as a document. */
    public static byte[] write(JsonNode tree) {
        YamlWriter writer = new YamlWriter();
        if (isNested(tree)) {
            writer.nested(tree, 0);
        } else {
            writer.out.append(scalar(tree)).append('\n');
        }
        return writer.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isNested(JsonNode node) {
        return node.isContainer() && !node.isEmpty();
    }

    private void nested(JsonNode node, int indent) {
        if (node.isArray()) {
            node.forEach(item -> {
                out.append(" ".repeat(indent)).append('-');
                if (isNested(item)) {
                    int start = out.length();
                    nested(item, indent + 2);
                    out.delete(start, start + indent + 1).setCharAt(start, ' ');
                } else {
                    out.append(' ').append(scalar(item)).append('\n');
                }
            });
            return;
        }
        TreeMap<String, JsonNode> fields = new TreeMap<>();
        node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        fields.forEach((key, value) -> {
            out.append(" ".repeat(indent)).append(text(key)).append(':');
            if (isNested(value)) {
                out.append('\n');
                nested(value, value.isArray() ? indent : indent + 2);
            } else {
                out.append(' ').append(scalar(value)).append('\n');
            }
        });
    }

    private static String scalar(JsonNode node) {
        return node.isString() ? text(node.stringValue()) : new String(Json.write(node), StandardCharsets.UTF_8);
    }

    private static String text(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : new String(Json.write(Json.string(text)), StandardCharsets.UTF_8);
    }
}
