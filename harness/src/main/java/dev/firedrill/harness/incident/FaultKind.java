package dev.firedrill.harness.incident;

import dev.firedrill.harness.fault.Fault;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * What one kind of fault needs to know.
 *
 * @param parameters the type of each parameter, by name, in the order in which they are documented
 * @param optional the names of those that may be left out
 * @param maker makes the fault of parameters that have been checked
 */
public record FaultKind(
        Map<String, Parameter> parameters, List<String> optional, Function<Cast.FaultCall, Fault> maker) {
    /** The type of a parameter. */
    public enum Parameter {
        TEXT,
        NUMBER,
        DURATION,
        /** A map from text to text, such as a label selector. */
        LABELS
    }

    public FaultKind {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        optional = List.copyOf(optional);
        Objects.requireNonNull(maker, "maker");
    }

    List<String> required() {
        return parameters.keySet().stream()
                .filter(name -> !optional.contains(name))
                .toList();
    }
}
