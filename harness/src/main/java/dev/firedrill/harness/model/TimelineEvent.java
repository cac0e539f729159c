package dev.firedrill.harness.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One thing that happened, as the journal keeps it.
 *
 * @param sequence position in the journal, from 1, without gaps
 * @param type what happened, in dotted words; the types are listed in {@link EventType}
 * @param drill the drill that it belongs to, or empty for the run as a whole
 * @param source who saw it: {@code harness}, {@code agent}, {@code cluster}, ...
 * @param at when it happened by the clock of its source
 * @param received when the harness learned of it: monotonic, from the start of the run
 * @param offsetBound how far the source's clock may be off the harness's; zero for the harness's own events
 * @param data the details: strings, numbers, booleans, and lists and maps of these
 */
public record TimelineEvent(
        long sequence,
        String type,
        String drill,
        String source,
        Instant at,
        Duration received,
        Duration offsetBound,
        Map<String, Object> data) {
    public TimelineEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(drill, "drill");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(received, "received");
        Objects.requireNonNull(offsetBound, "offsetBound");
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /** The earliest that it can have been by the harness's clock. */
    public Instant earliest() {
        return at.minus(offsetBound);
    }

    /** The latest that it can have been by the harness's clock. */
    public Instant latest() {
        return at.plus(offsetBound);
    }

    /** A detail as text, or empty where it is absent. */
    public String text(String key) {
        Object value = data.get(key);
        return value == null ? "" : value.toString();
    }
}
