package dev.firedrill.reports.console;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.reports.record.Details;
import dev.firedrill.reports.wording.Wording;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Counts what happens to delayed work, so that a step tells it in one line. */
final class WorkTally {
    private final Map<String, Long> counts = new LinkedHashMap<>();

    void add(TimelineEvent event) {
        Details details = Details.of(event);
        String word =
                switch (event.type()) {
                    case EventType.WORK_OPERATION -> operation(details.text("phase"));
                    case EventType.WORK_JOB -> job(details.text("state"));
                    case EventType.WORK_APPLIED ->
                        details.text("action").equals("received") ? "" : details.text("action");
                    default -> "";
                };
        if (!word.isEmpty()) {
            counts.merge(word, 1L, Long::sum);
        }
    }

    private static String operation(String phase) {
        return switch (phase) {
            case "ok" -> "accepted";
            case "fail" -> "refused";
            case "info" -> "of unknown outcome";
            default -> "";
        };
    }

    private static String job(String state) {
        return switch (state) {
            case "failed" -> "gave up";
            case "retried", "superseded" -> state;
            default -> "";
        };
    }

    /** What was counted since the last time: {@code 5 changes accepted, 3 gave up}. */
    Optional<String> take() {
        if (counts.isEmpty()) {
            return Optional.empty();
        }
        String text = counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        String first = counts.entrySet().iterator().next().getKey();
        long number = counts.getOrDefault(first, 0L);
        counts.clear();
        return Optional.of(Wording.count(number, "change")
                + text.substring(Long.toString(number).length()));
    }
}
