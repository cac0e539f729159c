package dev.firedrill.harness.alert;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What became of the canaries. */
record CanaryHistory(List<TimelineEvent> stages) {
    static CanaryHistory of(List<TimelineEvent> events) {
        return new CanaryHistory(events.stream()
                .filter(event -> event.type().equals(EventType.CANARY))
                .toList());
    }

    /** Whether a canary had been paged by then. */
    boolean pagedBefore(Instant moment) {
        return stages.stream()
                .anyMatch(event -> stage(event, "paged") && !event.latest().isAfter(moment));
    }

    /** Whether a canary that was asked for from then on was paged. */
    boolean pagedAfter(Instant moment) {
        return stages.stream()
                .filter(event -> stage(event, "asked") && !event.at().isBefore(moment))
                .map(event -> event.text("canary"))
                .anyMatch(id -> stages.stream()
                        .anyMatch(event ->
                                stage(event, "paged") && event.text("canary").equals(id)));
    }

    /** How long the quickest canary took from being asked for until it was paged; empty if none was. */
    Optional<Duration> quickest() {
        return stages.stream()
                .filter(event -> stage(event, "paged"))
                .flatMap(paged -> stages.stream()
                        .filter(event ->
                                stage(event, "asked") && event.text("canary").equals(paged.text("canary")))
                        .map(asked -> Duration.between(asked.at(), paged.at())))
                .min(Comparator.naturalOrder());
    }

    /** Why what did not come may have been lost, if there is a reason. */
    static Optional<String> doubt(List<TimelineEvent> events, Instant since) {
        return AlertHistory.lostSince(events, since)
                ? Optional.of("the agent lost its disk, and what it had received, after " + since)
                : of(events).lost();
    }

    /** Why a canary was lost, if one was. */
    Optional<String> lost() {
        return stages.stream()
                .filter(event -> stage(event, "lost"))
                .map(event -> event.text("reason"))
                .findFirst();
    }

    private static boolean stage(TimelineEvent event, String stage) {
        return event.text("stage").equals(stage);
    }
}
