package dev.firedrill.harness.cluster.embedded.apiserver.apply;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.Field;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ListType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.MapType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.MergeRule;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ObjectType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.Scalar;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which fields a value has, and in which fields two values differ. */
final class Fields {
    private static final List<String> NOT_TRACKED = List.of(
            "name",
            "namespace",
            "uid",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "resourceVersion",
            "generation",
            "selfLink",
            "managedFields");

    /** Containers that are in an object from the first, though nothing is in them: nobody adds them. */
    private static final Set<String> ALWAYS_THERE = Set.of(
            "metadata",
            "spec",
            "status",
            "template",
            "strategy",
            "updateStrategy",
            "jobTemplate",
            "containers",
            "loadBalancer",
            "nodeInfo",
            "daemonEndpoints",
            "kubeletEndpoint",
            "involvedObject",
            "source",
            "priorityLevelConfiguration",
            "roleRef",
            "scaleTargetRef");

    private Fields() {}

    /** The object without what nobody manages. */
    static ObjectNode tracked(ObjectNode object) {
        ObjectNode tracked = Json.object();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            if (name.equals("metadata") && field.getValue() instanceof ObjectNode metadata) {
                ObjectNode copy = Json.object();
                copy.setAll(metadata);
                copy.remove(NOT_TRACKED);
                if (!copy.isEmpty()) {
                    tracked.set("metadata", copy);
                }
            } else if (!name.equals("apiVersion") && !name.equals("kind")) {
                tracked.set(name, field.getValue());
            }
        }
        return tracked;
    }

    /** All fields that the value has. */
    static ObjectNode of(JsonNode value, ValueType type) {
        ObjectNode set = Json.object();
        for (Map.Entry<String, Member> member : members(value, type).entrySet()) {
            JsonNode child = member.getValue().value();
            ValueType childType = member.getValue().type();
            ObjectNode below = isDeep(child, childType) ? of(child, childType) : Json.object();
            if (member.getValue().item() && !below.isEmpty()) {
                below.set(PathElement.SELF, Json.object());
            }
            set.set(member.getKey(), below);
        }
        return set;
    }

    /** All fields that an object has, and the containers that somebody had to add for them. */
    static ObjectNode withContainers(ObjectNode object, ValueType type) {
        return withContainers(object, type, true);
    }

    /** @param plain all that the value is in is always there */
    private static ObjectNode withContainers(JsonNode value, ValueType type, boolean plain) {
        ObjectNode set = Json.object();
        for (Map.Entry<String, Member> member : members(value, type).entrySet()) {
            put(set, member.getKey(), member.getValue(), isPlain(plain, member));
        }
        return set;
    }

    /** Adds a member that was not there before; one that is always there counts only for what is in it. */
    private static void put(ObjectNode set, String name, Member member, boolean plain) {
        if (!plain || !member.value().isContainer() || !member.value().isEmpty()) {
            set.set(name, added(member, plain));
        }
    }

    private static boolean isPlain(boolean plain, Map.Entry<String, Member> member) {
        String name = PathElement.fieldName(member.getKey());
        return plain && name != null && ALWAYS_THERE.contains(name);
    }

    private static ObjectNode added(Member member, boolean plain) {
        if (!isDeep(member.value(), member.type())) {
            return Json.object();
        }
        ObjectNode below = withContainers(member.value(), member.type(), plain);
        if (!plain) {
            below.set(PathElement.SELF, Json.object());
        }
        return below;
    }

    /**
     * The fields of {@code after} that {@code before} does not have, or has with another value, and the containers that
     * it does not have.
     */
    static ObjectNode changed(ObjectNode before, ObjectNode after, ValueType type) {
        return changed(before, after, type, true);
    }

    private static ObjectNode changed(JsonNode before, JsonNode after, ValueType type, boolean plain) {
        ObjectNode set = Json.object();
        Map<String, Member> old = members(before, type);
        for (Map.Entry<String, Member> member : members(after, type).entrySet()) {
            Member now = member.getValue();
            Member then = old.get(member.getKey());
            if (then != null && Objects.equals(then.value(), now.value())) {
                continue;
            }
            boolean plainMember = isPlain(plain, member);
            if (then == null || !isDeep(now.value(), now.type()) || !isDeep(then.value(), now.type())) {
                put(set, member.getKey(), now, plainMember);
            } else {
                ObjectNode below = changed(then.value(), now.value(), now.type(), plainMember);
                if (!below.isEmpty()) {
                    set.set(member.getKey(), below);
                }
            }
        }
        return set;
    }

    /** One member of a value: a field, an entry of a map, an item of a list. */
    record Member(JsonNode value, ValueType type, boolean item) {}

    /** The members by their names in a set; none for what is one value. */
    static Map<String, Member> members(JsonNode value, ValueType type) {
        Map<String, Member> members = new LinkedHashMap<>();
        if (value instanceof ObjectNode object && type instanceof ObjectType known) {
            object.properties().forEach(field -> {
                Field declared = known.field(field.getKey());
                ValueType fieldType = declared == null ? Scalar.ANY : declared.type();
                members.put(PathElement.field(field.getKey()), new Member(field.getValue(), fieldType, false));
            });
        } else if (value instanceof ObjectNode object && type instanceof MapType map) {
            object.properties()
                    .forEach(entry -> members.put(
                            PathElement.field(entry.getKey()), new Member(entry.getValue(), map.values(), false)));
        } else if (value instanceof ArrayNode array && type instanceof ListType list) {
            array.forEach(item -> members.put(PathElement.item(item, list), new Member(item, list.items(), true)));
        }
        return members;
    }

    /** Has members that are managed one by one. */
    static boolean isDeep(JsonNode value, ValueType type) {
        return value.isContainer() && !value.isEmpty() && isGranular(type);
    }

    /** Is merged member by member. */
    static boolean isGranular(ValueType type) {
        if (type instanceof ObjectType object) {
            return !object.atomic();
        }
        if (type instanceof MapType map) {
            return !map.atomic();
        }
        return type instanceof ListType list && list.rule().shape() != MergeRule.Shape.ATOMIC;
    }
}
