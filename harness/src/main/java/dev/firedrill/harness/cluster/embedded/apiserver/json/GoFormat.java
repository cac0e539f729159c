package dev.firedrill.harness.cluster.embedded.apiserver.json;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Writes a tree as Go's {@code fmt} writes the maps and slices that it makes of JSON, which is how messages of an API
 * server show a strategic merge patch.
 */
public final class GoFormat {
    private GoFormat() {}

    /** The tree in the form of {@code %+v}, such as {@code map[metadata:map[labels:a]]}. */
    public static String text(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> {
                Map<String, String> members = new TreeMap<>();
                value.properties().forEach(member -> members.put(member.getKey(), text(member.getValue())));
                yield members.entrySet().stream()
                        .map(member -> member.getKey() + ":" + member.getValue())
                        .collect(Collectors.joining(" ", "map[", "]"));
            }
            case ARRAY -> value.valueStream().map(GoFormat::text).collect(Collectors.joining(" ", "[", "]"));
            case NULL -> "<nil>";
            default -> value.asString();
        };
    }
}
