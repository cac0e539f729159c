package dev.firedrill.harness.timeline;

import dev.firedrill.harness.model.TimelineEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A stretch of a run between two moments, as it was.
 *
 * @param begin when it began, by the harness's clock
 * @param end when it ended; not before it began, unless the drill went another way than it was written
 */
public record Window(Instant begin, Instant end) {
    public Window {
        Objects.requireNonNull(begin, "begin");
        Objects.requireNonNull(end, "end");
    }

    /** The window of two moments; empty if the journal lacks one of them, see {@link #missing}. */
    public static Optional<Window> between(Moment from, Moment until, List<TimelineEvent> events) {
        return from.in(events).flatMap(begin -> until.in(events).map(end -> new Window(begin, end)));
    }

    /** The first of two moments that the journal lacks. */
    public static Moment missing(Moment from, Moment until, List<TimelineEvent> events) {
        return from.in(events).isEmpty() ? from : until;
    }

    /** From its beginning to its end. */
    public Duration length() {
        return Duration.between(begin, end);
    }
}
