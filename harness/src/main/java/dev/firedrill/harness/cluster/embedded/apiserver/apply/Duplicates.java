package dev.firedrill.harness.cluster.embedded.apiserver.apply;

import dev.firedrill.harness.cluster.embedded.apiserver.schema.ListType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.MapType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ObjectType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ValueType;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Finds items of a list that cannot be told apart by what tells its items apart. */
final class Duplicates {
    private Duplicates() {}

    /**
     * The first that is found, as Kubernetes says it.
     *
     * @param path of the value, such as {@code .spec.template}
     */
    static Optional<String> find(JsonNode value, ValueType type, String path) {
        if (type instanceof ListType list && value.isArray()) {
            return inList(value, list, path);
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            Optional<String> found = member(type, member.getKey())
                    .flatMap(below -> find(member.getValue(), below, path + "." + member.getKey()));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> inList(JsonNode items, ListType list, String path) {
        if (!Fields.isGranular(list)) {
            return Optional.empty();
        }
        Set<String> names = new HashSet<>();
        for (JsonNode item : items) {
            String name = PathElement.item(item, list);
            if (!names.add(name)) {
                return Optional.of(path + ": duplicate entries for key " + PathElement.text(name));
            }
            Optional<String> below = find(item, list.items(), path + PathElement.text(name));
            if (below.isPresent()) {
                return below;
            }
        }
        return Optional.empty();
    }

    private static Optional<ValueType> member(ValueType owner, String name) {
        if (owner instanceof ObjectType object) {
            return Optional.ofNullable(object.field(name)).map(field -> field.type());
        }
        return owner instanceof MapType map ? Optional.of(map.values()) : Optional.empty();
    }
}
