package dev.firedrill.harness.cluster.embedded.apiserver.discovery;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.Field;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ListType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.MapType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.MergeRule;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ObjectType;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.Scalar;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ValueType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes types as OpenAPI schemas, with the marks from which kubectl computes patches.
 *
 * <p>Source: the {@code x-kubernetes-*} extensions of Kubernetes' own OpenAPI documents.
 */
final class Schemas {
    private final Map<String, ObjectNode> definitions = new LinkedHashMap<>();
    private final Deque<ObjectType> pending = new ArrayDeque<>();
    private final String prefix;

    /**
     * @param prefix of references, such as {@code #/definitions/}
     */
    Schemas(String prefix) {
        this.prefix = prefix;
    }

    /** Adds a type and everything that it refers to; yields its definition. */
    ObjectNode add(ObjectType type) {
        definition(type);
        while (!pending.isEmpty()) {
            ObjectType next = pending.remove();
            definition(next).setAll(define(next));
        }
        return definition(type);
    }

    /** All definitions by name. */
    Map<String, ObjectNode> definitions() {
        return definitions;
    }

    private ObjectNode definition(ObjectType type) {
        return definitions.computeIfAbsent(DefinitionNames.of(type.model()), absent -> {
            pending.add(type);
            return Json.object();
        });
    }

    private String reference(ObjectType type) {
        definition(type);
        return prefix + DefinitionNames.of(type.model());
    }

    private ObjectNode define(ObjectType type) {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (Field field : type.fields().values()) {
            ObjectNode property = property(field.type());
            if (type.retaining(field.name())) {
                property.put("x-kubernetes-patch-strategy", "retainKeys");
            }
            properties.set(field.name(), property);
        }
        if (type.atomic()) {
            schema.put("x-kubernetes-map-type", "atomic");
        }
        return schema;
    }

    private ObjectNode property(ValueType type) {
        if (type instanceof ObjectType object && !prefix.equals(OpenApi.DEFINITIONS)) {
            ObjectNode property = Json.object();
            property.putArray("allOf").addObject().put("$ref", reference(object));
            return property;
        }
        return schema(type);
    }

    private ObjectNode schema(ValueType type) {
        if (type instanceof ObjectType object) {
            return Json.object().put("$ref", reference(object));
        }
        if (type instanceof MapType map) {
            ObjectNode schema = Json.object().put("type", "object");
            schema.set("additionalProperties", schema(map.values()));
            return map.atomic() ? schema.put("x-kubernetes-map-type", "atomic") : schema;
        }
        if (type instanceof ListType list) {
            ObjectNode schema = Json.object().put("type", "array");
            schema.set("items", schema(list.items()));
            marks(schema, list.rule());
            return schema;
        }
        return scalar((Scalar) type);
    }

    private static void marks(ObjectNode schema, MergeRule rule) {
        schema.put(
                "x-kubernetes-list-type",
                switch (rule.shape()) {
                    case ATOMIC -> "atomic";
                    case SET -> "set";
                    case MAP -> "map";
                });
        if (!rule.keys().isEmpty()) {
            ArrayNode keys = schema.putArray("x-kubernetes-list-map-keys");
            rule.keys().forEach(keys::add);
        }
        if (rule.patchMerge()) {
            schema.put("x-kubernetes-patch-strategy", rule.retainKeys() ? "merge,retainKeys" : "merge");
        }
        if (!rule.patchKey().isEmpty()) {
            schema.put("x-kubernetes-patch-merge-key", rule.patchKey());
        }
    }

    private static ObjectNode scalar(Scalar type) {
        ObjectNode schema = Json.object();
        return switch (type) {
            case STRING, QUANTITY -> schema.put("type", "string");
            case BYTES -> schema.put("type", "string").put("format", "byte");
            case INT32 -> schema.put("type", "integer").put("format", "int32");
            case INT64 -> schema.put("type", "integer").put("format", "int64");
            case NUMBER -> schema.put("type", "number").put("format", "double");
            case BOOLEAN -> schema.put("type", "boolean");
            case TIME, MICRO_TIME -> schema.put("type", "string").put("format", "date-time");
            case INT_OR_STRING -> schema.put("type", "string").put("format", "int-or-string");
            case ANY -> schema.put("type", "object");
        };
    }
}
