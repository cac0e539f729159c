package dev.firedrill.reports.record;

import dev.firedrill.reports.record.DrillRecord.Figure;
import dev.firedrill.reports.record.DrillRecord.Judged;
import dev.firedrill.reports.record.DrillRecord.StepRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A row of an incident's record with all that the replay did and measured for it; in other drills, a step.
 *
 * @param number from 1; 0 for a step of a replay that is no row of the record, such as setting it up
 * @param head the row itself
 * @param parts what was done for it, in order; may be none
 * @param judged what was judged for it, whenever that was
 * @param figures what was measured for it
 */
public record Row(int number, StepRecord head, List<StepRecord> parts, List<Judged> judged, List<Figure> figures) {
    public Row {
        parts = List.copyOf(parts);
        judged = List.copyOf(judged);
        figures = List.copyOf(figures);
    }

    static List<Row> of(DrillRecord drill) {
        boolean replay = drill.isReplay();
        List<Row> rows = new ArrayList<>();
        int number = 0;
        for (StepRecord step : drill.steps()) {
            if (drill.steps().stream().anyMatch(step::isPartOf)) {
                continue;
            }
            boolean counts = !replay || step.recordAtOrNull() != null;
            number += counts ? 1 : 0;
            List<StepRecord> parts =
                    drill.steps().stream().filter(each -> each.isPartOf(step)).toList();
            List<String> ids = Stream.concat(Stream.of(step), parts.stream())
                    .map(StepRecord::id)
                    .filter(id -> !id.isEmpty())
                    .toList();
            rows.add(new Row(
                    counts ? number : 0,
                    step,
                    parts,
                    drill.judgements().stream()
                            .filter(each -> ids.contains(each.step()))
                            .toList(),
                    drill.figures().stream()
                            .filter(each -> ids.contains(each.step()))
                            .toList()));
        }
        return rows;
    }

    /** How long the row and its parts took. */
    public Duration length() {
        return Stream.concat(Stream.of(head), parts.stream())
                .map(step -> {
                    Duration took = step.tookOrNull();
                    return took == null ? step.at() : step.at().plus(took);
                })
                .reduce((one, other) -> one.compareTo(other) > 0 ? one : other)
                .map(end -> end.minus(head.at()))
                .orElse(Duration.ZERO);
    }

    /** What was seen, one sentence for each part that says one. */
    public List<String> measured() {
        return Stream.concat(Stream.of(head), parts.stream())
                .map(StepRecord::measured)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** Whether something was done to a fault. */
    public boolean isHarm() {
        return Stream.concat(Stream.of(head), parts.stream()).anyMatch(step -> "fault".equals(step.kind()));
    }

    /** Whether it only recites the record. */
    public boolean isRecited() {
        return "record".equals(head.kind()) && parts.isEmpty();
    }
}
