package dev.firedrill.harness.alert;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was judged to be resolved, and what became of it.
 *
 * @param resolves what judged it
 * @param judged the verdict that it has resolved
 * @param demanded what the drill demands to fire
 */
record Lull(ResolvesCheck resolves, TimelineEvent judged, List<FiresCheck> demanded) {
    private static final Set<String> CHANGES =
            Set.of(EventType.FAULT_INJECTED, EventType.FAULT_UNDONE, EventType.REQUEST_ANSWERED);
    private static final long NANOS_PER_MILLI = 1_000_000;

    Lull {
        demanded = List.copyOf(demanded);
    }

    /** Empty if the events have no verdict that it has resolved. */
    static Optional<Lull> of(ResolvesCheck resolves, List<FiresCheck> demanded, List<TimelineEvent> events) {
        return events.stream()
                .filter(event -> event.type().equals(EventType.EXPECTATION_JUDGED))
                .filter(event -> event.text("text").equals(resolves.expectation()))
                .filter(event -> event.text("verdict").equals(Verdict.PASS.name()))
                .findFirst()
                .map(verdict -> new Lull(resolves, verdict, demanded));
    }

    /** What fired again by itself: it stood at the deadline or at the drill's next change, or came after that. */
    List<ReceivedAlert> relapsed(List<TimelineEvent> events) {
        AlertHistory history = history(events);
        Instant deadline = resolves.since().in(events).orElse(judged.at()).plus(resolves.deadline());
        Optional<Instant> changed = changes(events).stream().map(Lull::begun).findFirst();
        Instant end = changed.filter(change -> change.isBefore(deadline)).orElse(deadline);
        List<ReceivedAlert> relapsed = new ArrayList<>();
        if (AlertHistory.readUntil(events).filter(read -> !read.isBefore(end)).isPresent()) {
            relapsed.addAll(history.before(end).firing());
        }
        history.received().stream()
                .filter(alert -> alert.firing() && !alert.receivedAt().isBefore(end))
                .filter(alert -> changed.isEmpty()
                        || alert.receivedAt().isBefore(changed.get())
                        || alert.beganBefore(changed.get()))
                .forEach(relapsed::add);
        return relapsed;
    }

    /** What fires now, for whatever reason but a demand. */
    Collection<ReceivedAlert> standing(List<TimelineEvent> events) {
        return history(events).firing();
    }

    /** The last moment at which the drill changed something, or else that of the verdict. */
    Instant lastChange(List<TimelineEvent> events) {
        return changes(events).stream()
                .map(TimelineEvent::at)
                .reduce((first, second) -> second)
                .orElse(judged.at());
    }

    private List<TimelineEvent> changes(List<TimelineEvent> events) {
        return after(events).stream()
                .filter(event -> CHANGES.contains(event.type()))
                .toList();
    }

    /** An undo is journalled when it is over, and may change what alerts watch before. */
    private static Instant begun(TimelineEvent change) {
        return change.data().get("tookMs") instanceof Number took
                ? change.at().minusNanos(Math.round(took.doubleValue() * NANOS_PER_MILLI))
                : change.at();
    }

    /** What the pager got since the verdict, without what the drill demands to fire after it. */
    private AlertHistory history(List<TimelineEvent> events) {
        return new AlertHistory(AlertHistory.of(after(events)).matching(resolves.match()).received().stream()
                .filter(alert -> !alert.firing() || !isDemanded(alert, events))
                .toList());
    }

    private boolean isDemanded(ReceivedAlert alert, List<TimelineEvent> events) {
        return demanded.stream()
                .filter(fires -> fires.match().matches(alert))
                .flatMap(fires -> fires.since().in(events).stream())
                .anyMatch(since ->
                        !since.isBefore(judged.at()) && !alert.receivedAt().isBefore(since));
    }

    private List<TimelineEvent> after(List<TimelineEvent> events) {
        return events.stream()
                .filter(event -> event.sequence() > judged.sequence())
                .toList();
    }
}
