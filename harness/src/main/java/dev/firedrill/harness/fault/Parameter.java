package dev.firedrill.harness.fault;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a kind of fault, as data: what it is, its unit and its range.
 *
 * @param name as files and the command line write it
 * @param type what values it takes
 * @param meaning what it is, for people
 * @param required whether it must be given
 * @param defaultOrNull what holds if it is not given, as people would write it; null if there is nothing of the kind
 */
public record Parameter(
        String name,
        ParameterType type,
        String meaning,
        boolean required,
        @Nullable String defaultOrNull) {
    public Parameter {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(meaning, "meaning");
    }

    /** A parameter that must be given. */
    public static Parameter of(String name, ParameterType type, String meaning) {
        return new Parameter(name, type, meaning, true, null);
    }

    /** The same, which may be left out. */
    public Parameter optional() {
        return new Parameter(name, type, meaning, false, null);
    }

    /** The same, which may be left out and then is this, as people would write it. */
    public Parameter otherwise(String value) {
        return new Parameter(name, type, meaning, false, value);
    }

    public Optional<String> defaultValue() {
        return Optional.ofNullable(defaultOrNull);
    }
}
