package dev.firedrill.reports.record;

import dev.firedrill.harness.model.TimelineEvent;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Places what other clocks saw on the run's own axis. The first event ties wall time to the monotonic time of the run;
 * nothing can have happened after the harness learned of it.
 */
final class Chronology {
    private @Nullable Instant origin;

    /** Must see every event, in order. */
    void observe(TimelineEvent event) {
        if (origin == null) {
            origin = event.at().minus(event.received());
        }
    }

    /** When an event happened, from the start of the run. */
    Duration of(TimelineEvent event) {
        return event.offsetBound().isZero() ? event.received() : of(event.at(), event);
    }

    /** When a moment that an event tells of was, from the start of the run. */
    Duration of(Instant at, TimelineEvent told) {
        if (origin == null) {
            return told.received();
        }
        Duration placed = Duration.between(origin, at);
        if (placed.compareTo(told.received()) > 0) {
            return told.received();
        }
        return placed.isNegative() ? Duration.ZERO : placed;
    }
}
