package dev.firedrill.harness.alert;

import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** For how long the machine let programs stand still, which a monitor on it takes for a failure of what it watches. */
final class MachineHistory {
    private MachineHistory() {}

    /** What a reader should know beside a verdict on what went on between two moments; empty if there is nothing. */
    static String remark(List<TimelineEvent> events, Instant begin, Instant end) {
        long lost = events.stream()
                .filter(event -> event.type().equals(EventType.MACHINE_EXHAUSTED))
                .filter(event -> event.at().isAfter(begin) && !event.at().isAfter(end))
                .mapToLong(event -> Long.parseLong(event.text("lostMs")))
                .sum();
        return lost == 0
                ? ""
                : "; the machine had nothing to spare for " + Durations.words(Duration.ofMillis(lost))
                        + " of this time";
    }
}
