package dev.firedrill.harness.cluster.embedded.apiserver.apply;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.Field;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ListType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.MapType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ObjectType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.Scalar;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** Items that are there keep their places; new ones follow the applied item before them. */
    private static ArrayNode mergeList(ArrayNode live, ArrayNode applied, ListType list) {
        Map<String, JsonNode> wanted = new LinkedHashMap<>();
        applied.forEach(item -> wanted.put(PathElement.item(item, list), item));
        List<String> order = new ArrayList<>();
        Map<String, JsonNode> items = new LinkedHashMap<>();
        for (JsonNode item : live) {
            String name = PathElement.item(item, list);
            order.add(name);
            JsonNode change = wanted.get(name);
            items.put(name, change == null ? item : merge(item, change, list.items()));
        }
        int place = 0;
        for (Map.Entry<String, JsonNode> item : wanted.entrySet()) {
            int there = order.indexOf(item.getKey());
            if (there >= 0) {
                place = Math.max(place, there + 1);
            } else {
                order.add(place++, item.getKey());
                items.put(item.getKey(), item.getValue().deepCopy());
            }
        }
        ArrayNode merged = Json.array();
        order.forEach(name -> merged.add(items.get(name)));
        return merged;
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
