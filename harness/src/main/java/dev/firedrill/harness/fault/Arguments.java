package dev.firedrill.harness.fault;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The parameters of one fault, checked: whatever is required is there, everything is of its type and in its range.
 * {@link FaultKind#check} makes them.
 */
public final class Arguments {
    private final Map<String, Object> values;

    Arguments(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Whether a parameter was given, or has a default. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    private Object value(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no value of '" + name + "' was given; there are " + values.keySet());
        }
        return value;
    }

    /** A name, a text or a URL. */
    public String text(String name) {
        return (String) value(name);
    }

    /** A name, a text or a URL that may have been left out. */
    public Optional<String> textIfAny(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    public int number(String name) {
        return (Integer) value(name);
    }

    /** A share, a size or a rate, in the unit in which its type counts. */
    public long amount(String name) {
        return ((ParameterType.Amount) value(name)).value();
    }

    public Duration duration(String name) {
        return (Duration) value(name);
    }

    /** Labels, in the order in which they were written. */
    public Map<String, String> labels(String name) {
        Map<String, String> labels = new LinkedHashMap<>();
        ((Map<?, ?>) value(name)).forEach((key, label) -> labels.put(String.valueOf(key), String.valueOf(label)));
        return labels;
    }

    /** Each as a person would write it, for a fault's description. */
    public Map<String, String> inWords() {
        Map<String, String> words = new LinkedHashMap<>();
        values.forEach((name, value) -> words.put(name, inWords(value)));
        return words;
    }

    private static String inWords(Object value) {
        if (value instanceof Map<?, ?> map) {
            return new TreeMap<>(map)
                    .entrySet().stream()
                            .map(label -> label.getKey() + ": " + label.getValue())
                            .collect(Collectors.joining(", ", "{", "}"));
        }
        return value instanceof Duration time ? time.toMillis() + "ms" : String.valueOf(value);
    }
}
