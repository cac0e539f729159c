package dev.firedrill.harness.fault;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sets one field of an object, or removes it.
 *
 * @param target the object; the undo of a Secret is kept in a Secret, and nowhere else
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
        return target + " " + pointer + ": " + shownBefore() + " -> " + shownAfter();
    }

    /** What the field held, for people. */
    public String shownBefore() {
        return shown(target, beforeOrNull);
    }

    /** What it is to hold, for people. */
    public String shownAfter() {
        return shown(target, afterOrNull);
    }

    private static String shown(ObjectRef target, @Nullable JsonNode value) {
        return value != null && target.isSecret() ? "(hidden)" : shown(value);
    }

    private static String shown(@Nullable JsonNode value) {
        return value == null ? "(absent)" : value.isString() ? value.asString() : value.toString();
    }

    @Override
    public <T> T fold(Cases<T> cases) {
        return cases.field().apply(this);
    }
}
