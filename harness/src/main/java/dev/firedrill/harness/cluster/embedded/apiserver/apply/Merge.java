package dev.firedrill.harness.cluster.embedded.apiserver.apply;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.Field;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ListType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.MapType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ObjectType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.Scalar;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ValueType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Merges an applied value into a live one, and takes fields out of a value. */
final class Merge {
    private Merge() {}

    /** The live value with the applied one merged in; the live one is changed in place where both are objects. */
    static JsonNode merge(@Nullable JsonNode live, JsonNode applied, ValueType type) {
        if (live == null || !Fields.isGranular(type)) {
            return applied.deepCopy();
        }
        if (live instanceof ObjectNode object && applied instanceof ObjectNode wanted) {
            for (Map.Entry<String, JsonNode> field : wanted.properties()) {
                String name = field.getKey();
                object.set(name, merge(object.get(name), field.getValue(), member(type, name)));
            }
            return object;
        }
        if (live instanceof ArrayNode items && applied instanceof ArrayNode wanted && type instanceof ListType list) {
            return mergeList(items, wanted, list);
        }
        return applied.deepCopy();
    }

    private static ArrayNode mergeList(ArrayNode live, ArrayNode applied, ListType list) {
        Map<String, JsonNode> there = named(live, list);
        Map<String, JsonNode> wanted = named(applied, list);
        ArrayNode merged = Json.array();
        for (String name : order(List.copyOf(there.keySet()), List.copyOf(wanted.keySet()))) {
            JsonNode item = there.get(name);
            JsonNode change = wanted.get(name);
            merged.add(change == null ? Objects.requireNonNull(item) : merge(item, change, list.items()));
        }
        return merged;
    }

    private static Map<String, JsonNode> named(ArrayNode items, ListType list) {
        Map<String, JsonNode> named = new LinkedHashMap<>();
        items.forEach(item -> named.putIfAbsent(PathElement.item(item, list), item));
        return named;
    }

    /**
     * The items of both in an order in which those that are applied stand as they are applied, and the others as far
     * in front as they stood.
     *
     * <p>Source: sigs.k8s.io/structured-merge-diff, the merge of associative lists.
     */
    private static List<String> order(List<String> live, List<String> applied) {
        Deque<String> shared = new ArrayDeque<>(applied);
        shared.retainAll(live);
        Set<String> order = new LinkedHashSet<>();
        int at = 0;
        int next = 0;
        while (at < live.size() || next < applied.size()) {
            String mine = at < live.size() ? live.get(at) : null;
            String theirs = next < applied.size() ? applied.get(next) : null;
            boolean isApplied = mine != null && applied.contains(mine);
            if (mine != null && mine.equals(theirs)) {
                order.add(mine);
                at++;
                next++;
                shared.poll();
            } else if (isApplied && theirs != null && !shared.isEmpty() && !Objects.equals(mine, shared.peek())) {
                at++;
            } else if (mine != null && !isApplied) {
                order.add(mine);
                at++;
            } else {
                if (order.contains(mine)) {
                    at++;
                }
                if (theirs != null) {
                    order.add(theirs);
                    next++;
                    if (theirs.equals(shared.peek())) {
                        shared.poll();
                    }
                }
            }
        }
        return List.copyOf(order);
    }

    /**
     * Takes fields out of a value, in place.
     *
     * @param kept what others manage: a member of which they manage something stays
     */
    static void remove(JsonNode value, ObjectNode dropped, ObjectNode kept, ValueType type) {
        for (Map.Entry<String, Fields.Member> member :
                Fields.members(value, type).entrySet()) {
            ObjectNode drop = FieldSet.child(dropped, member.getKey());
            if (drop == null) {
                continue;
            }
            ObjectNode keep = FieldSet.child(kept, member.getKey());
            boolean whole = FieldSet.isLeaf(drop) || drop.has(PathElement.SELF);
            if (whole && keep == null) {
                take(value, member.getKey(), type);
            } else if (!FieldSet.isLeaf(drop)) {
                JsonNode below = member.getValue().value();
                remove(
                        below,
                        drop,
                        keep == null ? Json.object() : keep,
                        member.getValue().type());
                if (below.isEmpty() && keep == null) {
                    take(value, member.getKey(), type);
                }
            }
        }
    }

    private static void take(JsonNode owner, String element, ValueType type) {
        String field = PathElement.fieldName(element);
        if (owner instanceof ObjectNode object && field != null) {
            object.remove(field);
        } else if (owner instanceof ArrayNode array && type instanceof ListType list) {
            array.removeIf(item -> PathElement.item(item, list).equals(element));
        }
    }

    private static ValueType member(ValueType owner, String name) {
        if (owner instanceof ObjectType object) {
            Field field = object.field(name);
            return field == null ? Scalar.ANY : field.type();
        }
        return owner instanceof MapType map ? map.values() : Scalar.ANY;
    }
}
