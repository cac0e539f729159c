package dev.firedrill.harness.resync;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A moment of a run: the last event of some kind.
 *
 * @param name as a sentence goes on after "since": {@code the retry of all jobs}
 * @param event which events mark it
 */
public record Moment(String name, Predicate<TimelineEvent> event) {
    public Moment {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(event, "event");
    }

    /** When a step of the drill began. */
    public static Moment startOf(String step) {
        return ofStep("the start of '" + step + "'", EventType.STEP_STARTED, step);
    }

    /** When a step of the drill was done. */
    public static Moment endOf(String step) {
        return ofStep("the end of '" + step + "'", EventType.STEP_FINISHED, step);
    }

    private static Moment ofStep(String name, String type, String step) {
        return new Moment(
                name, event -> event.type().equals(type) && event.text("step").equals(step));
    }

    /** When it was, from the start of the run; empty if it never came. */
    public Optional<Duration> in(List<TimelineEvent> events) {
        return events.stream().filter(event).reduce((first, second) -> second).map(TimelineEvent::received);
    }
}
