package dev.firedrill.harness.timeline;

import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A moment that a check counts from or up to, as data: it is named when a drill is written and found in the journal
 * when the drill is judged.
 *
 * <pre>{@code
 * Moment broken = Moment.faultActive("WrongConfigValue");
 * Moment calm = Moment.stepFinished("mitigate").plus(Duration.ofSeconds(2));
 * }</pre>
 */
public sealed interface Moment {
    /** In a placebo, where a fault was left out is the moment at which it would have been. */
    Set<String> MADE = Set.of(EventType.FAULT_INJECTED, EventType.FAULT_LEFT_OUT);

    /** The same of its undo. */
    Set<String> UNDONE = Set.of(EventType.FAULT_UNDONE, EventType.FAULT_LEFT_OUT_UNDONE);

    /** When it was, by the harness's clock; empty if the journal does not have it. */
    Optional<Instant> in(List<TimelineEvent> events);

    /** For messages: {@code "the fault 'BrokenService'"}. */
    String description();

    /** This much later, or earlier if negative. */
    default Moment plus(Duration offset) {
        return offset.isZero() ? this : new Shifted(this, offset);
    }

    /** When a fault began to harm: its injection, or the trigger of one that was planted before. */
    static Moment faultActive(String fault) {
        return faultActive(fault, 1);
    }

    /**
     * The same of a fault that is injected several times in a drill.
     *
     * @param time which of them, from 1
     */
    static Moment faultActive(String fault, int time) {
        return new Nth(
                "the fault '" + fault + "'" + ordinal(time),
                MADE,
                Map.of("fault", Set.of(fault), "phase", Set.of("inject", "trigger")),
                time);
    }

    /** When a latent fault was planted. */
    static Moment faultPlanted(String fault) {
        return faultPlanted(fault, 1);
    }

    /** The same of a fault that is planted several times in a drill; {@code time} counts from 1. */
    static Moment faultPlanted(String fault, int time) {
        return new Nth(
                "the planting of '" + fault + "'" + ordinal(time),
                MADE,
                Map.of("fault", Set.of(fault), "phase", Set.of("plant")),
                time);
    }

    /** When what a fault changed had been put back: what was injected, or planted. */
    static Moment faultUndone(String fault) {
        return new Nth(
                "the undo of '" + fault + "'",
                UNDONE,
                Map.of("fault", Set.of(fault), "phase", Set.of("inject", "plant")),
                1);
    }

    private static String ordinal(int time) {
        return time == 1 ? "" : ", time " + time;
    }

    /** The beginning of a step. */
    static Moment stepStarted(String step) {
        return new Nth(
                "the start of step '" + step + "'", Set.of(EventType.STEP_STARTED), Map.of("step", Set.of(step)), 1);
    }

    /** The end of a step. */
    static Moment stepFinished(String step) {
        return new Nth(
                "the end of step '" + step + "'", Set.of(EventType.STEP_FINISHED), Map.of("step", Set.of(step)), 1);
    }

    /** An instant by the harness's clock. */
    static Moment at(Instant instant) {
        return new At(instant);
    }

    /** The first event that the check is given. */
    static Moment start() {
        return new Edge(true);
    }

    /** The last event that the check is given: as far as anything is known. */
    static Moment end() {
        return new Edge(false);
    }

    /**
     * An event of one of some types with one of the values given for each key.
     *
     * @param description for messages
     * @param types of {@link EventType}
     * @param where for each key of the event's data, the texts allowed
     * @param number which of these events, from 1
     */
    record Nth(String description, Set<String> types, Map<String, Set<String>> where, int number) implements Moment {
        public Nth {
            if (number < 1) {
                throw new IllegalArgumentException("events are counted from 1, not from " + number);
            }
            Objects.requireNonNull(description, "description");
            types = Set.copyOf(types);
            where = Map.copyOf(where);
        }

        @Override
        public Optional<Instant> in(List<TimelineEvent> events) {
            return events.stream()
                    .filter(event -> types.contains(event.type()))
                    .filter(event -> where.entrySet().stream()
                            .allMatch(wanted -> wanted.getValue().contains(event.text(wanted.getKey()))))
                    .map(TimelineEvent::at)
                    .skip(number - 1L)
                    .findFirst();
        }
    }

    /** A given instant. */
    record At(Instant instant) implements Moment {
        @Override
        public Optional<Instant> in(List<TimelineEvent> events) {
            return Optional.of(instant);
        }

        @Override
        public String description() {
            return instant.toString();
        }
    }

    /** The first or last of the events. */
    record Edge(boolean first) implements Moment {
        @Override
        public Optional<Instant> in(List<TimelineEvent> events) {
            Stream<Instant> instants = events.stream().map(TimelineEvent::at);
            return first ? instants.min(Comparator.naturalOrder()) : instants.max(Comparator.naturalOrder());
        }

        @Override
        public String description() {
            return first ? "the start" : "the end";
        }
    }

    /** A while after or before another moment. */
    record Shifted(Moment origin, Duration offset) implements Moment {
        @Override
        public Optional<Instant> in(List<TimelineEvent> events) {
            return origin.in(events).map(instant -> instant.plus(offset));
        }

        @Override
        public String description() {
            String amount = Durations.words(offset.abs());
            return amount + (offset.isNegative() ? " before " : " after ") + origin.description();
        }
    }
}
