package dev.firedrill.harness.cluster.embedded.apiserver.schema;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a tree what its type says, as decoding into a Go struct would: nulls and fields that nobody knows go (the
 * latter are reported), amounts, moments and bytes get their one form, and a value of the wrong type is refused.
 */
public final class FieldCheck {
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

    private final List<String> unknown = new ArrayList<>();

    private FieldCheck() {}

    /**
     * Cleans an object in place.
     *
     * @return the paths of unknown fields, such as {@code spec.template.spec.containers[0].imge}
     * @throws WrongTypeException if a value has the wrong type
     */
    public static List<String> clean(ObjectNode object, ObjectType type) {
        FieldCheck check = new FieldCheck();
        check.object(object, type, "");
        return check.unknown;
    }

    private void object(ObjectNode object, ObjectType type, String path) {
        for (Map.Entry<String, JsonNode> entry : List.copyOf(object.properties())) {
            String name = entry.getKey();
            String here = path.isEmpty() ? name : path + "." + name;
            Field field = type.field(name);
            if (field == null) {
                unknown.add(here);
                object.remove(name);
            } else if (entry.getValue().isNull()) {
                object.remove(name);
            } else {
                object.set(name, value(entry.getValue(), field.type(), type, here));
            }
        }
    }

    private JsonNode value(JsonNode value, ValueType type, ObjectType owner, String path) {
        if (type instanceof Scalar scalar) {
            return scalar(value, scalar, owner, path);
        }
        if (type instanceof ObjectType object) {
            if (!(value instanceof ObjectNode tree)) {
                throw wrong(value, owner, path, "v1." + object.name(), "cannot restore struct from: " + goKind(value));
            }
            object(tree, object, path);
        } else if (type instanceof MapType map) {
            if (!(value instanceof ObjectNode tree)) {
                throw wrong(
                        value,
                        owner,
                        path,
                        "map[string]" + goName(map.values()),
                        "cannot restore map from " + goKind(value));
            }
            entries(tree, map, owner, path);
        } else if (type instanceof ListType list) {
            if (!(value instanceof ArrayNode array)) {
                throw wrong(
                        value, owner, path, "[]" + goName(list.items()), "cannot restore slice from " + goKind(value));
            }
            for (int i = 0; i < array.size(); i++) {
                array.set(i, value(array.get(i), list.items(), owner, path + "[" + i + "]"));
            }
        }
        return value;
    }

    private void entries(ObjectNode tree, MapType map, ObjectType owner, String path) {
        for (Map.Entry<String, JsonNode> entry : List.copyOf(tree.properties())) {
            JsonNode value = entry.getValue();
            String here = map.values() instanceof Scalar ? path : path + "." + entry.getKey();
            if (!value.isNull()) {
                tree.set(entry.getKey(), value(value, map.values(), owner, here));
            } else if (map.values() == Scalar.STRING || map.values() == Scalar.BYTES) {
                tree.put(entry.getKey(), "");
            } else {
                tree.remove(entry.getKey());
            }
        }
    }

    private static JsonNode scalar(JsonNode value, Scalar type, ObjectType owner, String path) {
        boolean right =
                switch (type) {
                    case STRING, BYTES, TIME, MICRO_TIME -> value.isString();
                    case BOOLEAN -> value.isBoolean();
                    case NUMBER -> value.isNumber();
                    case INT32 -> value.isIntegralNumber() && value.canConvertToInt();
                    case INT64 -> value.isIntegralNumber() && value.canConvertToLong();
                    case INT_OR_STRING -> value.isString() || value.isIntegralNumber();
                    case QUANTITY -> value.isString() || value.isNumber();
                    case ANY -> true;
                };
        if (!right) {
            throw wrong(value, owner, path, type.goName(), notConverted(value, type));
        }
        return canonical(value, type);
    }

    private static JsonNode canonical(JsonNode value, Scalar type) {
        String text = value.asString("");
        return switch (type) {
            case QUANTITY -> Json.string(Amounts.canonical(text.strip()));
            case BYTES -> Json.string(Bytes.canonical(text));
            case TIME -> Json.string(Times.seconds(text));
            case MICRO_TIME -> Json.string(Times.micros(text));
            default -> value;
        };
    }

    /**
     * Go converts numbers into each other and into text, which JSON does not, and knows no other conversion.
     *
     * <p>Source: k8s.io/apimachinery, {@code pkg/runtime/converter.go}.
     */
    private static String notConverted(JsonNode value, Scalar type) {
        boolean convertible = (value.isIntegralNumber() && type.goName().equals("string"))
                || (value.isFloatingPointNumber() && type.goName().startsWith("int"));
        return convertible
                ? "cannot convert %s to %s".formatted(goKind(value), type.goName())
                : "unrecognized type: " + type.goName();
    }

    private static String goKind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "map";
            case ARRAY -> "slice";
            case BOOLEAN -> "bool";
            case NUMBER -> value.isIntegralNumber() ? "int64" : "float64";
            default -> "string";
        };
    }

    private static WrongTypeException wrong(
            JsonNode value, ObjectType owner, String path, String wanted, String inPatch) {
        String what =
                switch (value.getNodeType()) {
                    case OBJECT -> "object";
                    case ARRAY -> "array";
                    case STRING -> "string";
                    case BOOLEAN -> "bool";
                    case NUMBER -> "number" + (wanted.startsWith("int") ? " " + Json.text(value) : "");
                    default -> "null";
                };
        String message = "json: cannot unmarshal %s into Go struct field %s.%s of type %s"
                .formatted(what, owner.name(), INDEX.matcher(path).replaceAll(""), wanted);
        return new WrongTypeException(message, inPatch);
    }

    private static String goName(ValueType type) {
        if (type instanceof Scalar scalar) {
            return scalar.goName();
        }
        return type instanceof ObjectType object ? "v1." + object.name() : "[]";
    }
}
