package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.Field;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ListType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.MapType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ModelTypes;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ObjectType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Kubernetes does not show: maps and lists that hold nothing (when its last label is removed, an object has none),
 * and, with most fields, what is false, 0 or an empty text. A few lists it shows as null.
 *
 * <p>Source: the API's Go types ({@code omitempty}), https://github.com/kubernetes/api.
 */
public final class OmittedFields {
    /** What is shown as null if it holds nothing. */
    private static final Map<String, List<String>> SHOWN = Map.of(
            "ClusterRole", List.of("rules"),
            "EndpointSlice", List.of("endpoints", "ports"),
            "LimitRangeSpec", List.of("limits"),
            "Role", List.of("rules"));

    private OmittedFields() {}

    /** Takes them out of an object, in place. */
    public static void drop(ResourceKind kind, ObjectNode object) {
        drop(ModelTypes.of(kind), object, true);
    }

    /** Takes out only what is false, 0 or an empty text; before what is not said is filled in. */
    public static void dropZeros(ResourceKind kind, ObjectNode object) {
        drop(ModelTypes.of(kind), object, false);
    }

    private static void drop(ObjectType type, ObjectNode object, boolean containers) {
        List<String> omitted = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            Field field = type.field(entry.getKey());
            if (field == null) {
                continue;
            }
            JsonNode value = entry.getValue();
            if ((containers && isEmpty(field.type(), value)) || (field.omittedIfZero() && isZero(value))) {
                omitted.add(field.name());
            } else {
                descend(field.type(), value, containers);
            }
        }
        object.remove(omitted);
        if (containers) {
            showNulls(type, object);
        }
    }

    private static void showNulls(ObjectType type, ObjectNode object) {
        SHOWN.getOrDefault(type.name(), List.of()).forEach(field -> object.putIfAbsent(field, NullNode.getInstance()));
    }

    private static boolean isEmpty(ValueType type, JsonNode value) {
        return (type instanceof MapType || type instanceof ListType) && value.isContainer() && value.isEmpty();
    }

    private static boolean isZero(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.stringValue().isEmpty();
            case BOOLEAN -> !value.booleanValue();
            case NUMBER -> value.doubleValue() == 0;
            default -> false;
        };
    }

    private static void descend(ValueType type, JsonNode value, boolean containers) {
        if (type instanceof ObjectType object && value instanceof ObjectNode node) {
            drop(object, node, containers);
        } else if (type instanceof ListType list) {
            value.forEach(item -> descend(list.items(), item, containers));
        } else if (type instanceof MapType map) {
            value.forEach(each -> descend(map.values(), each, containers));
        }
    }
}
