package dev.firedrill.harness.resync;

import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A moment on the monotonic clock by which the ledger counts. */
final class Elapsed {
    private Elapsed() {}

    /** From the start of the run to the moment; empty if it never came. */
    static Optional<Duration> of(Moment moment, List<TimelineEvent> events) {
        return moment.in(events).map(instant -> {
            TimelineEvent first = events.get(0);
            Instant start = first.at().minus(first.received());
            return Duration.between(start, instant);
        });
    }
}
