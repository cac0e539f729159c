package dev.firedrill.harness.cluster.embedded.apiserver.patch;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.Field;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ListType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.MapType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ObjectType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.Scalar;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ValueType;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A merge that knows by which key the items of a list are told apart.
 *
 * <p>Source: k8s.io/apimachinery, {@code pkg/util/strategicpatch}, and its directives {@code $patch},
 * {@code $retainKeys}, {@code $setElementOrder/} and {@code $deleteFromPrimitiveList/}.
 */
public final class StrategicMergePatch {
    static final String PATCH = "$patch";
    private static final String RETAIN_KEYS = "$retainKeys";
    private static final String ELEMENT_ORDER = "$setElementOrder/";
    private static final String DELETE_FROM = "$deleteFromPrimitiveList/";

    private StrategicMergePatch() {}

    /**
     * The target with the patch merged in. The target is changed in place.
     *
     * @throws StatusException (400) if a directive is malformed
     */
    public static ObjectNode apply(ObjectNode target, ObjectNode patch, ObjectType type) {
        return merge(target, patch, type);
    }

    static ObjectNode merge(ObjectNode target, ObjectNode patch, ValueType type) {
        JsonNode directive = patch.get(PATCH);
        if (directive != null) {
            switch (directive.asString()) {
                case "replace" -> {
                    ObjectNode replacement = patch.deepCopy();
                    replacement.remove(PATCH);
                    return replacement;
                }
                case "delete" -> {
                    return Json.object();
                }
                case "merge" -> {}
                default -> throw StatusException.badRequest("unknown patch type found: " + directive.asString());
            }
        }
        for (String field : fieldsOf(patch)) {
            mergeField(target, field, patch, valueType(type, field));
        }
        retainKeys(target, patch.get(RETAIN_KEYS));
        return target;
    }

    private static Set<String> fieldsOf(ObjectNode patch) {
        Set<String> fields = new LinkedHashSet<>();
        for (String name : patch.propertyNames()) {
            if (name.startsWith(ELEMENT_ORDER)) {
                fields.add(name.substring(ELEMENT_ORDER.length()));
            } else if (name.startsWith(DELETE_FROM)) {
                fields.add(name.substring(DELETE_FROM.length()));
            } else if (!name.equals(PATCH) && !name.equals(RETAIN_KEYS)) {
                fields.add(name);
            }
        }
        return fields;
    }

    private static void mergeField(ObjectNode target, String field, ObjectNode patch, ValueType type) {
        JsonNode change = patch.get(field);
        @Nullable JsonNode existing = target.get(field);
        if (change != null && change.isNull()) {
            target.remove(field);
        } else if (type instanceof ListType list && list.rule().patchMerge() && (change == null || change.isArray())) {
            if (existing == null) {
                if (change instanceof ArrayNode fresh) {
                    target.set(field, ListMerge.first(fresh, list.items()));
                }
                return;
            }
            ArrayNode items = existing instanceof ArrayNode array ? array : Json.array();
            ArrayNode changes = change instanceof ArrayNode array ? array : Json.array();
            JsonNode order = patch.get(ELEMENT_ORDER + field);
            ListMerge merge = new ListMerge(items, list, order instanceof ArrayNode array ? array : null);
            target.set(field, merge.apply(changes, Json.arrayAt(patch, DELETE_FROM + field)));
        } else if (change instanceof ObjectNode object) {
            if (isDeleted(object)) {
                target.remove(field);
            } else {
                target.set(field, merge(existing instanceof ObjectNode old ? old : Json.object(), object, type));
            }
        } else if (change != null) {
            target.set(field, change.deepCopy());
        }
    }

    private static boolean isDeleted(ObjectNode change) {
        return Json.textAt(change, PATCH).equals("delete");
    }

    private static void retainKeys(ObjectNode target, @Nullable JsonNode keys) {
        if (keys == null) {
            return;
        }
        Set<String> retained = new HashSet<>();
        keys.forEach(key -> retained.add(key.asString()));
        target.remove(target.propertyNames().stream()
                .filter(name -> !retained.contains(name))
                .toList());
    }

    private static ValueType valueType(ValueType owner, String field) {
        if (owner instanceof ObjectType object) {
            Field known = object.field(field);
            return known == null ? Scalar.ANY : known.type();
        }
        return owner instanceof MapType map ? map.values() : Scalar.ANY;
    }
}
