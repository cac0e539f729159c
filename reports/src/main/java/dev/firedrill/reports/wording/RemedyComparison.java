package dev.firedrill.reports.wording;

import dev.firedrill.reports.record.DrillRecord;
import dev.firedrill.reports.record.DrillRecord.Figure;
import dev.firedrill.reports.record.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The same incident with different remedies, figure by figure.
 *
 * @param table the first row is the heading: "remedies" and a column for each figure; the second is the record
 * @param drills the drill of each row after the record's
 */
public record RemedyComparison(List<List<String>> table, List<DrillRecord> drills) {
    public RemedyComparison {
        table = table.stream().map(List::copyOf).toList();
        drills = List.copyOf(drills);
    }

    /** The comparison, if two drills of the run differ in their remedies and have figures. */
    public static Optional<RemedyComparison> of(RunRecord run) {
        List<DrillRecord> drills = run.drills().stream()
                .filter(drill -> !drill.story().remedies().isEmpty() || drill.isReplay())
                .filter(drill -> !drill.figures().isEmpty())
                .toList();
        long settings = drills.stream()
                .map(drill -> drill.story().remediesInPlace())
                .distinct()
                .count();
        return settings < 2 ? Optional.empty() : Optional.of(new RemedyComparison(rows(drills), drills));
    }

    private static List<List<String>> rows(List<DrillRecord> drills) {
        Map<String, Figure> columns = new LinkedHashMap<>();
        drills.forEach(drill -> drill.figures().forEach(figure -> columns.putIfAbsent(figure.name(), figure)));
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("remedies", columns.values().stream().map(Figure::label).toList()));
        rows.add(row(
                "the record",
                columns.values().stream()
                        .map(figure -> Wording.quantity(figure.record(), figure.unit()))
                        .toList()));
        for (DrillRecord drill : drills) {
            Map<String, String> cells = new LinkedHashMap<>();
            drill.figures().forEach(figure -> cells.put(figure.name(), Wording.measured(figure)));
            rows.add(row(
                    drill.story().remediesInPlace(),
                    columns.keySet().stream()
                            .map(name -> cells.getOrDefault(name, "–"))
                            .toList()));
        }
        return rows;
    }

    private static List<String> row(String head, List<String> cells) {
        List<String> row = new ArrayList<>();
        row.add(head);
        row.addAll(cells);
        return row;
    }
}
