package dev.firedrill.harness.cluster.embedded.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes answers comparable: what is another one each time gets a name, and what differs gets a path. */
final class Answers {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final Pattern UID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern ADDRESS = Pattern.compile("\\b\\d{1,3}(\\.\\d{1,3}){3}\\b");
    private static final Pattern GENERATED = Pattern.compile("\\b(g-|kube-api-access-)[a-z0-9]{5}\\b");
    private static final Pattern RECORD = Pattern.compile("record \\(\\d+\\)");
    private static final Pattern VERSION = Pattern.compile("\"resourceVersion\\\\?\":\\\\?\"\\d+");

    private Answers() {}

    /** The answer without what differs between two runs of the same server. */
    static JsonNode comparable(String body, List<String> leaveOut) {
        JsonNode answer = body.startsWith("{")
                ? JSON.readTree(body)
                : JSON.getNodeFactory().stringNode(body);
        for (String path : leaveOut) {
            remove(answer, List.of(path.split("\\.", -1)));
        }
        return named("", answer);
    }

    private static void remove(JsonNode tree, List<String> path) {
        if (path.size() == 1) {
            if (tree instanceof ObjectNode object) {
                object.remove(path.get(0));
            }
        } else if (tree.has(path.get(0))) {
            remove(tree.get(path.get(0)), path.subList(1, path.size()));
        }
    }

    private static JsonNode named(String field, JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JSON.createObjectNode();
            object.properties().forEach(each -> copy.set(each.getKey(), named(each.getKey(), each.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JSON.createArrayNode();
            array.forEach(each -> copy.add(named(field, each)));
            return copy;
        }
        if (field.equals("resourceVersion")) {
            return JSON.getNodeFactory().stringNode("<version>");
        }
        if (field.equals("nodePort") || field.equals("healthCheckNodePort")) {
            return JSON.getNodeFactory().stringNode("<port>");
        }
        return node.isString() ? JSON.getNodeFactory().stringNode(named(node.stringValue())) : node;
    }

    private static String named(String text) {
        String named = MOMENT.matcher(text).replaceAll(moment -> moment.group(1) == null ? "<moment>" : "<micros>");
        named = UID.matcher(named).replaceAll("<uid>");
        named = ADDRESS.matcher(named).replaceAll("<address>");
        named = RECORD.matcher(named).replaceAll("record (<version>)");
        named = VERSION.matcher(named).replaceAll("<version>");
        return GENERATED.matcher(named).replaceAll("$1<suffix>");
    }

    /** Where two answers differ, and how. */
    static List<String> differences(JsonNode recorded, JsonNode here) {
        List<String> differences = new ArrayList<>();
        compare("", recorded, here, differences);
        return differences;
    }

    private static void compare(String path, @Nullable JsonNode recorded, @Nullable JsonNode here, List<String> found) {
        if (recorded instanceof ObjectNode left && here instanceof ObjectNode right) {
            TreeSet<String> names = new TreeSet<>(left.propertyNames());
            names.addAll(right.propertyNames());
            names.forEach(name -> compare(path + "/" + name, left.get(name), right.get(name), found));
        } else if (recorded instanceof ArrayNode left
                && here instanceof ArrayNode right
                && left.size() == right.size()) {
            for (int i = 0; i < left.size(); i++) {
                compare(path + "/" + i, left.get(i), right.get(i), found);
            }
        } else if (recorded == null || here == null || !recorded.equals(here)) {
            found.add(path + ": " + shown(here) + " instead of " + shown(recorded));
        }
    }

    private static String shown(@Nullable JsonNode node) {
        return node == null ? "nothing" : node.toString();
    }

    /** What is kept of an answer. */
    static ObjectNode kept(String id, int code, JsonNode answer) {
        ObjectNode kept = JSON.createObjectNode().put("id", id).put("code", code);
        kept.set("answer", answer);
        return kept;
    }

    /** A line of a file of requests or answers. */
    static <T> T read(String line, Class<T> type) {
        return JSON.readValue(line, type);
    }

    static String written(ObjectNode line) {
        return JSON.writeValueAsString(line);
    }
}
