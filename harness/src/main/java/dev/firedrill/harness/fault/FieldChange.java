package dev.firedrill.harness.fault;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sets one field of an object, or removes it.
 *
 * @param target the object; not a Secret, whose values must not be written into an undo
 * @param pointer the field, as a JSON pointer (RFC 6901)
 * @param beforeOrNull what the field held, null if it was absent
 * @param afterOrNull what it is to hold, null to remove it
 */
public record FieldChange(
        ObjectRef target,
        String pointer,
        @Nullable JsonNode beforeOrNull,
        @Nullable JsonNode afterOrNull) implements Change {
    public FieldChange {
        Objects.requireNonNull(target, "target");
        if (!pointer.startsWith("/")) {
            throw new IllegalArgumentException("not a JSON pointer: " + pointer);
        }
        if (target.kind().equals("Secret")) {
            throw new IllegalArgumentException("a Secret's values must not be written into an undo: " + target);
        }
    }

    public Optional<JsonNode> before() {
        return Optional.ofNullable(beforeOrNull);
    }

    public Optional<JsonNode> after() {
        return Optional.ofNullable(afterOrNull);
    }

    /** The change that takes this one back. */
    public FieldChange reversed() {
        return new FieldChange(target, pointer, afterOrNull, beforeOrNull);
    }

    @Override
    public String describe() {
        return target + " " + pointer + ": " + shown(beforeOrNull) + " -> " + shown(afterOrNull);
    }

    static String shown(@Nullable JsonNode value) {
        return value == null ? "(absent)" : value.isString() ? value.asString() : value.toString();
    }

    @Override
    public <T> T fold(Function<FieldChange, T> field, Function<PodDeletion, T> pod) {
        return field.apply(this);
    }
}
