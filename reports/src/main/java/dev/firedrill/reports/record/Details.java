package dev.firedrill.reports.record;

import dev.firedrill.harness.model.TimelineEvent;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The data of an event, read without trust: a key that is absent, or holds another type than expected, reads as absent.
 *
 * @param data the keys as they stand in the journal
 */
public record Details(Map<String, Object> data) {
    public static Details of(TimelineEvent event) {
        return new Details(event.data());
    }

    /** A text, number or flag as text; empty if absent. */
    public String text(String key) {
        Object value = data.get(key);
        return value == null || value instanceof Map || value instanceof List ? "" : value.toString();
    }

    /** The first of several keys that has a text. */
    public String firstText(String... keys) {
        for (String key : keys) {
            if (!text(key).isEmpty()) {
                return text(key);
            }
        }
        return "";
    }

    public Optional<Double> number(String key) {
        return data.get(key) instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
    }

    /** A number of milliseconds. */
    public Optional<Duration> millis(String key) {
        return number(key).filter(Double::isFinite).map(millis -> Duration.ofNanos(Math.round(millis * 1e6)));
    }

    public boolean isTrue(String key) {
        return "true".equals(text(key));
    }

    /** A moment with the offset in which it was written. */
    public Optional<OffsetDateTime> moment(String key) {
        try {
            return text(key).isEmpty() ? Optional.empty() : Optional.of(OffsetDateTime.parse(text(key)));
        } catch (DateTimeException notAMoment) {
            return Optional.empty();
        }
    }

    public Optional<Instant> instant(String key) {
        return moment(key).map(OffsetDateTime::toInstant);
    }

    /** A map of details; empty if absent. */
    public Details child(String key) {
        return new Details(keyed(data.get(key)));
    }

    /** A list of maps; an element that is a plain text is taken as its {@code name}. */
    public List<Details> children(String key) {
        List<Details> children = new ArrayList<>();
        for (Object element : elements(key)) {
            children.add(new Details(element instanceof Map ? keyed(element) : Map.of("name", element)));
        }
        return children;
    }

    /** A list of texts; a single text is taken as a list of one. */
    public List<String> texts(String key) {
        return elements(key).stream().map(Object::toString).toList();
    }

    /** A map of texts, such as labels. */
    public Map<String, String> labels(String key) {
        Map<String, String> labels = new LinkedHashMap<>();
        keyed(data.get(key)).forEach((name, value) -> labels.put(name, value.toString()));
        return labels;
    }

    private List<Object> elements(String key) {
        if (data.get(key) instanceof List<?> list) {
            List<Object> elements = new ArrayList<>();
            list.forEach(element -> {
                if (element != null) {
                    elements.add(element);
                }
            });
            return elements;
        }
        return text(key).isEmpty() ? List.of() : List.of(text(key));
    }

    private static Map<String, Object> keyed(@Nullable Object value) {
        Map<String, Object> result = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> {
                if (key != null && element != null) {
                    result.put(key.toString(), element);
                }
            });
        }
        return result;
    }
}
