package dev.firedrill.harness.cluster.embedded.apiserver.apply;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Arithmetic on sets of fields in the form in which objects carry them ({@code FieldsV1}): a tree whose leaves, and
 * whose members {@code .}, are the fields of the set.
 */
final class FieldSet {
    private static final String KINDS = ".fkvi";
    private static final Pattern ELEMENT = Pattern.compile("\\.|[fkvi]:.*", Pattern.DOTALL);
    private static final Comparator<String> ORDER = Comparator.comparingInt(
                    (String element) -> KINDS.indexOf(element.charAt(0)))
            .thenComparing(Comparator.naturalOrder());

    private FieldSet() {}

    static ObjectNode union(ObjectNode left, ObjectNode right) {
        ObjectNode union = left.deepCopy();
        for (Map.Entry<String, JsonNode> member : right.properties()) {
            ObjectNode theirs = (ObjectNode) member.getValue();
            ObjectNode ours = child(union, member.getKey());
            if (ours == null) {
                union.set(member.getKey(), theirs.deepCopy());
            } else if (isLeaf(ours) != isLeaf(theirs)) {
                ObjectNode deep = (isLeaf(ours) ? theirs : ours).deepCopy();
                deep.set(PathElement.SELF, Json.object());
                union.set(member.getKey(), deep);
            } else {
                union.set(member.getKey(), union(ours, theirs));
            }
        }
        return union;
    }

    /** What is in the left set and not in the right one. */
    static ObjectNode minus(ObjectNode left, ObjectNode right) {
        ObjectNode rest = Json.object();
        for (Map.Entry<String, JsonNode> member : left.properties()) {
            ObjectNode ours = (ObjectNode) member.getValue();
            ObjectNode theirs = child(right, member.getKey());
            if (theirs == null) {
                rest.set(member.getKey(), ours.deepCopy());
            } else if (isLeaf(ours)) {
                if (!isLeaf(theirs) && !theirs.has(PathElement.SELF)) {
                    rest.set(member.getKey(), Json.object());
                }
            } else {
                ObjectNode deep = minus(ours, isLeaf(theirs) ? self() : theirs);
                if (!deep.isEmpty()) {
                    rest.set(member.getKey(), normal(deep));
                }
            }
        }
        return rest;
    }

    /** The same, and all that its fields are in. */
    static ObjectNode withSelves(ObjectNode set) {
        ObjectNode all = Json.object();
        for (Map.Entry<String, JsonNode> member : set.properties()) {
            ObjectNode below = withSelves((ObjectNode) member.getValue());
            if (!below.isEmpty()) {
                below.set(PathElement.SELF, Json.object());
            }
            all.set(member.getKey(), below);
        }
        return all;
    }

    /** What is in both sets. */
    static ObjectNode intersection(ObjectNode left, ObjectNode right) {
        return minus(left, minus(left, right));
    }

    /** A member of the set, or null. */
    static @Nullable ObjectNode child(JsonNode set, String element) {
        return set.get(element) instanceof ObjectNode child ? child : null;
    }

    static boolean isLeaf(ObjectNode member) {
        return member.isEmpty();
    }

    /** Whether it is one: nothing but objects, named as elements of a path are. */
    static boolean isSet(@Nullable JsonNode node) {
        return node instanceof ObjectNode set
                && set.properties().stream()
                        .allMatch(member -> ELEMENT.matcher(member.getKey()).matches() && isSet(member.getValue()));
    }

    /** The same in the order in which an API server writes it: itself first, then fields, keys, values and indices. */
    static ObjectNode sorted(ObjectNode set) {
        ObjectNode sorted = Json.object();
        set.properties().stream()
                .sorted(Map.Entry.comparingByKey(ORDER))
                .forEach(member -> sorted.set(member.getKey(), sorted((ObjectNode) member.getValue())));
        return sorted;
    }

    /**
     * The paths of all fields, as people read them: on each level those that end there first.
     *
     * <p>Source: sigs.k8s.io/structured-merge-diff, {@code fieldpath.Set.Iterate}.
     */
    static List<String> paths(ObjectNode set) {
        List<String> paths = new ArrayList<>();
        collect("", set, paths);
        return paths;
    }

    private static void collect(String path, ObjectNode set, List<String> paths) {
        List<Map.Entry<String, JsonNode>> members = set.properties().stream()
                .filter(member -> !member.getKey().equals(PathElement.SELF))
                .sorted(Map.Entry.comparingByKey(ORDER))
                .toList();
        for (Map.Entry<String, JsonNode> member : members) {
            if (member.getValue().isEmpty() || member.getValue().has(PathElement.SELF)) {
                paths.add(path + PathElement.text(member.getKey()));
            }
        }
        for (Map.Entry<String, JsonNode> member : members) {
            collect(path + PathElement.text(member.getKey()), (ObjectNode) member.getValue(), paths);
        }
    }

    private static ObjectNode self() {
        ObjectNode self = Json.object();
        self.set(PathElement.SELF, Json.object());
        return self;
    }

    /** A member of which only itself is left is a leaf. */
    private static ObjectNode normal(ObjectNode member) {
        return member.size() == 1 && member.has(PathElement.SELF) ? Json.object() : member;
    }
}
