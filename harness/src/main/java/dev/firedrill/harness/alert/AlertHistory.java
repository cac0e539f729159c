package dev.firedrill.harness.alert;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the inbox got, oldest first and without canaries; what was firing when, and what is new since. */
record AlertHistory(List<ReceivedAlert> received) {
    /** How far the clock of what evaluates rules may be off, besides the agent's: nobody measures it. */
    static final Duration EVALUATOR_TOLERANCE = Duration.ofSeconds(1);

    AlertHistory {
        received = List.copyOf(received);
    }

    static AlertHistory of(List<TimelineEvent> events) {
        return new AlertHistory(events.stream()
                .flatMap(event -> ReceivedAlert.from(event).stream())
                .filter(alert -> !alert.canary())
                .sorted(Comparator.comparing(ReceivedAlert::receivedAt))
                .toList());
    }

    /** Up to when the inbox was certainly read; empty if there is no word of it. */
    static Optional<Instant> readUntil(List<TimelineEvent> events) {
        return events.stream()
                .filter(event -> event.type().equals(EventType.PAGER_READ)
                        || event.type().equals(EventType.ALERT_RECEIVED))
                .map(TimelineEvent::earliest)
                .max(Comparator.naturalOrder());
    }

    /** Whether notifications from then on may have been lost with the agent's disk. */
    static boolean lostSince(List<TimelineEvent> events, Instant moment) {
        return events.stream()
                .filter(event -> event.type().equals(EventType.PAGER_READ)
                        && event.text("lost").equals("true"))
                .anyMatch(event -> !event.latest().isBefore(moment));
    }

    AlertHistory matching(AlertMatch match) {
        return new AlertHistory(received.stream().filter(match::matches).toList());
    }

    AlertHistory before(Instant end) {
        return new AlertHistory(received.stream()
                .filter(alert -> alert.receivedAt().isBefore(end))
                .toList());
    }

    /** The alerts whose last word is firing. */
    Collection<ReceivedAlert> firing() {
        Map<Map<String, String>, ReceivedAlert> last = new LinkedHashMap<>();
        for (ReceivedAlert alert : received) {
            last.remove(alert.labels());
            if (alert.firing()) {
                last.put(alert.labels(), alert);
            }
        }
        return last.values();
    }

    /**
     * The firing notifications from a moment on that are not of an alert which was firing before: the baseline, which
     * may be notified again and again, is subtracted.
     */
    List<ReceivedAlert> newSince(Instant moment) {
        return pagedSince(moment).stream()
                .filter(alert -> !alert.beganBefore(moment))
                .toList();
    }

    /** As {@link #newSince}, with those that began before the moment and were delivered only after it. */
    List<ReceivedAlert> pagedSince(Instant moment) {
        return newTo(before(moment).firing()).stream()
                .filter(alert -> !alert.receivedAt().isBefore(moment))
                .toList();
    }

    /** The firing notifications that are not of one of these alerts, notified again. */
    List<ReceivedAlert> newTo(Collection<ReceivedAlert> baseline) {
        return received.stream()
                .filter(ReceivedAlert::firing)
                .filter(alert -> baseline.stream().noneMatch(old -> sameEpisode(old, alert)))
                .toList();
    }

    /** The firing notifications from a moment on, or standing at it, that are of the baseline. */
    List<ReceivedAlert> oldAt(Instant moment) {
        List<ReceivedAlert> fresh = newSince(moment);
        return received.stream()
                .filter(ReceivedAlert::firing)
                .filter(alert -> !fresh.contains(alert))
                .filter(alert -> !alert.receivedAt().isBefore(moment)
                        || before(moment).firing().contains(alert))
                .toList();
    }

    private static boolean sameEpisode(ReceivedAlert old, ReceivedAlert alert) {
        return old.labels().equals(alert.labels()) && old.startsAt().equals(alert.startsAt());
    }
}
