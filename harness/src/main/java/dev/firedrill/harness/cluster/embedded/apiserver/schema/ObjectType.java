package dev.firedrill.harness.cluster.embedded.apiserver.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object with known fields: one class of the Fabric8 model. Fields are looked up when first asked for. */
public final class ObjectType implements ValueType {
    private final Class<?> model;
    private volatile @Nullable Map<String, Field> fields;

    ObjectType(Class<?> model) {
        this.model = model;
    }

    /** The class that says which fields there are. */
    public Class<?> model() {
        return model;
    }

    /** The class's name without its package, such as {@code PodSpec}. */
    public String name() {
        return model.getSimpleName();
    }

    /** Is one value for server-side apply. */
    public boolean atomic() {
        return MergeRules.atomicObject(name());
    }

    /** Whether a strategic merge patch may say which keys stay in that field's object. */
    public boolean retaining(String field) {
        return MergeRules.retaining(name(), field);
    }

    /** The field of that name, or null if there is none. */
    public @Nullable Field field(String name) {
        return fields().get(name);
    }

    /** All fields by name, in the order of the model. */
    public Map<String, Field> fields() {
        Map<String, Field> known = fields;
        if (known == null) {
            known = reflect();
            fields = known;
        }
        return known;
    }

    private Map<String, Field> reflect() {
        Map<String, Field> found = new LinkedHashMap<>();
        Set<String> omitted = Zeros.omitted(model);
        Set<String> later = LaterFields.of(model);
        for (java.lang.reflect.Field declared : model.getDeclaredFields()) {
            if (declared.getAnnotation(JsonUnwrapped.class) != null) {
                found.putAll(ModelTypes.of(declared.getType()).fields());
            }
            JsonProperty property = declared.getAnnotation(JsonProperty.class);
            if (property != null && !later.contains(property.value())) {
                String name = property.value();
                found.put(name, new Field(name, fieldType(name, declared.getGenericType()), omitted.contains(name)));
            }
        }
        return found;
    }

    private ValueType fieldType(String field, Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (List.class.isAssignableFrom((Class<?>) generic.getRawType())) {
                return new ListType(fieldType(field, arguments[0]), MergeRules.list(name(), field));
            }
            return new MapType(fieldType(field, arguments[1]), MergeRules.atomicMap(name(), field));
        }
        return ModelTypes.valueType(name(), field, (Class<?>) type);
    }
}
