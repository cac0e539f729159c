package dev.firedrill.harness.cluster.embedded.apiserver.schema;

import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The types of all kinds, read from the Fabric8 model by reflection, each once. */
public final class ModelTypes {
    private static final Map<Class<?>, ObjectType> TYPES = new ConcurrentHashMap<>();
    private static final Map<String, Scalar> SCALARS = Map.ofEntries(
            Map.entry("String", Scalar.STRING),
            Map.entry("Integer", Scalar.INT32),
            Map.entry("int", Scalar.INT32),
            Map.entry("Long", Scalar.INT64),
            Map.entry("long", Scalar.INT64),
            Map.entry("Double", Scalar.NUMBER),
            Map.entry("Float", Scalar.NUMBER),
            Map.entry("Number", Scalar.NUMBER),
            Map.entry("Boolean", Scalar.BOOLEAN),
            Map.entry("boolean", Scalar.BOOLEAN),
            Map.entry("Quantity", Scalar.QUANTITY),
            Map.entry("IntOrString", Scalar.INT_OR_STRING),
            Map.entry("MicroTime", Scalar.MICRO_TIME),
            Map.entry("ZonedDateTime", Scalar.MICRO_TIME),
            Map.entry("FieldsV1", Scalar.ANY),
            Map.entry("Object", Scalar.ANY),
            Map.entry("RawExtension", Scalar.ANY),
            Map.entry("JsonNode", Scalar.ANY),
            Map.entry("HasMetadata", Scalar.ANY),
            Map.entry("KubernetesResource", Scalar.ANY),
            Map.entry("AnyType", Scalar.ANY));
    private static final Set<String> BYTES = Set.of("Secret.data", "ConfigMap.binaryData");
    private static final Set<String> MICRO_TIMES = Set.of("eventTime", "renewTime", "acquireTime", "lastObservedTime");
    private static final Set<String> TIMES = Set.of(
            "creationTimestamp", "deletionTimestamp", "firstTimestamp", "lastTimestamp", "startedAt", "finishedAt");

    private ModelTypes() {}

    /** The type of a kind's objects. */
    public static ObjectType of(ResourceKind kind) {
        return of(kind.model());
    }

    /** The type of the model's class of that full name. */
    public static ObjectType of(String className) {
        try {
            return of(Class.forName(className, false, ModelTypes.class.getClassLoader()));
        } catch (ClassNotFoundException absent) {
            throw new IllegalStateException("the Fabric8 model has no class " + className, absent);
        }
    }

    /** The type of a class of the model. */
    public static ObjectType of(Class<?> model) {
        return TYPES.computeIfAbsent(model, ObjectType::new);
    }

    static ValueType valueType(String owner, String field, Class<?> type) {
        Scalar scalar = SCALARS.get(type.getSimpleName());
        if (scalar == Scalar.STRING && BYTES.contains(owner + "." + field)) {
            return Scalar.BYTES;
        }
        if (scalar == Scalar.STRING) {
            return moment(owner, field);
        }
        if (scalar != null) {
            return scalar;
        }
        return type.isEnum() ? Scalar.STRING : of(type);
    }

    private static Scalar moment(String owner, String field) {
        if (MICRO_TIMES.contains(field) && !owner.equals("Condition")) {
            return Scalar.MICRO_TIME;
        }
        boolean time = TIMES.contains(field) || (field.endsWith("Time") && !owner.equals("ExecAction"));
        return time ? Scalar.TIME : Scalar.STRING;
    }
}
