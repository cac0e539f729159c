package dev.firedrill.harness.cluster.embedded.apiserver.patch;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ListType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ValueType;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Merges a patch into one list whose items are told apart by a key, or by themselves if they are scalars. */
final class ListMerge {
    private final ArrayNode existing;
    private final ListType type;
    private final @Nullable ArrayNode order;

    /**
     * @param order the order that the patch asks for, as {@code $setElementOrder} gives it
     */
    ListMerge(ArrayNode existing, ListType type, @Nullable ArrayNode order) {
        this.existing = existing;
        this.type = type;
        this.order = order;
    }

    /** A list where there was none: what the patch says, without what it says of the items that are not there. */
    static ArrayNode first(ArrayNode patch, ValueType items) {
        ArrayNode list = Json.array();
        for (JsonNode item : patch) {
            if (!(item instanceof ObjectNode object)) {
                list.add(item);
            } else if (!object.has(StrategicMergePatch.PATCH)) {
                list.add(StrategicMergePatch.merge(Json.object(), object, items));
            }
        }
        return list;
    }

    ArrayNode apply(ArrayNode patch, ArrayNode deletions) {
        List<JsonNode> items = new ArrayList<>();
        existing.forEach(items::add);
        deletions.forEach(deleted -> items.removeIf(item -> item.equals(deleted)));
        boolean replaced = patch.valueStream().anyMatch(ListMerge::isDirective);
        if (replaced) {
            items.clear();
        }
        for (JsonNode change : patch) {
            merge(items, change, replaced);
        }
        return Json.array().addAll(inOrder(items, order == null ? patch : order));
    }

    private void merge(List<JsonNode> items, JsonNode change, boolean replaced) {
        if (!(change instanceof ObjectNode object)) {
            if (!items.contains(change)) {
                items.add(change);
            }
            return;
        }
        if (isDirective(object)) {
            return;
        }
        String directive = Json.textAt(object, StrategicMergePatch.PATCH);
        int index = indexOf(items, key(object));
        if (directive.equals("delete")) {
            items.removeIf(item -> key(item).equals(key(object)));
        } else if (index >= 0 && !replaced) {
            items.set(index, StrategicMergePatch.merge((ObjectNode) items.get(index), object, type.items()));
        } else {
            items.add(StrategicMergePatch.merge(Json.object(), object, type.items()));
        }
    }

    /** Items named by the patch in its order; the others stay where they were, relative to them. */
    private List<JsonNode> inOrder(List<JsonNode> items, ArrayNode wanted) {
        List<JsonNode> named = new ArrayList<>();
        List<JsonNode> others = new ArrayList<>(items);
        for (JsonNode want : wanted) {
            if (isDirective(want)) {
                continue;
            }
            int index = indexOf(others, key(want));
            if (index >= 0) {
                named.add(others.remove(index));
            }
        }
        List<JsonNode> live = new ArrayList<>();
        existing.forEach(live::add);
        List<JsonNode> sorted = new ArrayList<>(items.size());
        int n = 0;
        int o = 0;
        while (n < named.size() || o < others.size()) {
            boolean takeOther = n == named.size() || (o < others.size() && precedes(live, others.get(o), named.get(n)));
            sorted.add(takeOther ? others.get(o++) : named.get(n++));
        }
        return sorted;
    }

    private boolean precedes(List<JsonNode> live, JsonNode left, JsonNode right) {
        int l = indexOf(live, key(left));
        int r = indexOf(live, key(right));
        return l >= 0 && r >= 0 && l < r;
    }

    /** Says something about the whole list and is no item. */
    private static boolean isDirective(JsonNode item) {
        return item.size() == 1 && Json.textAt(item, StrategicMergePatch.PATCH).equals("replace");
    }

    private int indexOf(List<JsonNode> items, JsonNode key) {
        for (int i = 0; i < items.size(); i++) {
            if (key(items.get(i)).equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private JsonNode key(JsonNode item) {
        if (!item.isObject()) {
            return item;
        }
        JsonNode key = item.get(type.rule().patchKey());
        if (key == null) {
            throw StatusException.mistaken("map: %s does not contain declared merge key: %s"
                    .formatted(item, type.rule().patchKey()));
        }
        return key;
    }
}
