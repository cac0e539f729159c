package dev.firedrill.harness.cluster.embedded.apiserver.selector;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One condition on a label or field.
 *
 * @param operator how {@code values} are compared
 * @param values empty for {@link Operator#EXISTS} and {@link Operator#ABSENT}
 */
public record Requirement(String key, Operator operator, Set<String> values) {
    public Requirement {
        values = Set.copyOf(values);
    }

    /** How a value is compared. */
    public enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        ABSENT,
        GREATER,
        LESS
    }

    boolean matches(Map<String, String> labels) {
        @Nullable String value = labels.get(key);
        return switch (operator) {
            case IN -> value != null && values.contains(value);
            case NOT_IN -> value == null || !values.contains(value);
            case EXISTS -> value != null;
            case ABSENT -> value == null;
            case GREATER -> value != null && compare(value) > 0;
            case LESS -> value != null && compare(value) < 0;
        };
    }

    private int compare(String value) {
        try {
            return Long.compare(
                    Long.parseLong(value), Long.parseLong(values.iterator().next()));
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
