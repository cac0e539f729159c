package dev.firedrill.reports.console;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.reports.record.Details;
import dev.firedrill.reports.wording.Wording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts what happens to the drill's own delayed work, so that a step tells it in one line. What the target says of a
 * change waits until its source has accepted it: changes of others are not told.
 */
final class WorkTally {
    private static final int KEPT = 2000;

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Set<String> accepted = new HashSet<>();
    private final Map<String, List<String>> early = new LinkedHashMap<>();

    void add(TimelineEvent event) {
        Details details = Details.of(event);
        String change = details.text("change");
        switch (event.type()) {
            case EventType.WORK_OPERATION -> {
                count(operation(details.text("phase")));
                if (!change.isEmpty() && accepted.add(change)) {
                    early.getOrDefault(change, List.of()).forEach(this::count);
                    early.remove(change);
                }
            }
            case EventType.WORK_APPLIED -> {
                String word = arrival(details.text("action"));
                if (accepted.contains(change)) {
                    count(word);
                } else if (early.size() < KEPT) {
                    early.computeIfAbsent(change, unseen -> new ArrayList<>()).add(word);
                }
            }
            default -> {
                // other events are not of work
            }
        }
    }

    private void count(String word) {
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

    private static String arrival(String action) {
        return switch (action) {
            case "applied" -> "applied";
            case "stale" -> "superseded by newer ones";
            case "duplicate" -> "refused as duplicates";
            default -> "";
        };
    }

    /** What was counted since the last time: {@code 4 changes accepted, 1 applied}. */
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
