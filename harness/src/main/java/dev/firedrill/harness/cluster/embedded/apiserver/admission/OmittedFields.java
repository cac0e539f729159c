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
 * Maps and lists that hold nothing, which Kubernetes does not show: when its last label is removed, an object has none.
 * A few lists it shows as null.
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
        drop(ModelTypes.of(kind), object);
    }

    private static void drop(ObjectType type, ObjectNode object) {
        List<String> omitted = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            Field field = type.field(entry.getKey());
            if (field == null) {
                continue;
            }
            if (isEmpty(field.type(), entry.getValue())) {
                omitted.add(field.name());
            } else {
                descend(field.type(), entry.getValue());
            }
        }
        object.remove(omitted);
        SHOWN.getOrDefault(type.name(), List.of()).forEach(field -> object.putIfAbsent(field, NullNode.getInstance()));
    }

    private static boolean isEmpty(ValueType type, JsonNode value) {
        return (type instanceof MapType || type instanceof ListType) && value.isContainer() && value.isEmpty();
    }

    private static void descend(ValueType type, JsonNode value) {
        if (type instanceof ObjectType object && value instanceof ObjectNode node) {
            drop(object, node);
        } else if (type instanceof ListType list) {
            value.forEach(item -> descend(list.items(), item));
        } else if (type instanceof MapType map) {
            value.forEach(each -> descend(map.values(), each));
        }
    }
}
