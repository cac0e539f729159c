package dev.firedrill.reports.wording;

import dev.firedrill.reports.record.DrillRecord;
import dev.firedrill.reports.record.DrillRecord.Figure;
import dev.firedrill.reports.record.RunRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The same incident with different remedies, figure by figure.
 *
 * @param table the first row is the heading: "remedies" and a column for each figure; the second is the record
 */
public record RemedyComparison(List<List<Cell>> table) {
    public RemedyComparison {
        table = table.stream().map(List::copyOf).toList();
    }

    /**
     * A cell.
     *
     * @param unscaled the same at intervals that are not compressed, or empty
     */
    public record Cell(String text, String unscaled) {}

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
        return settings < 2 ? Optional.empty() : Optional.of(new RemedyComparison(rows(drills)));
    }

    private static List<List<Cell>> rows(List<DrillRecord> drills) {
        Map<String, Figure> columns = new LinkedHashMap<>();
        drills.forEach(drill -> drill.figures().forEach(figure -> {
            Figure known = columns.get(figure.name());
            if (known == null || !known.record().isPresent()) {
                columns.put(figure.name(), figure);
            }
        }));
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(row("remedies", columns, figure -> new Cell(figure.label(), "")));
        rows.add(row("the record", columns, figure -> new Cell(Wording.quantity(figure.record(), figure.unit()), "")));
        for (DrillRecord drill : drills) {
            Map<String, Figure> own = new LinkedHashMap<>();
            drill.figures().forEach(figure -> own.put(figure.name(), figure));
            rows.add(row(drill.story().remediesInPlace(), columns, column -> cell(own.get(column.name()))));
        }
        return rows;
    }

    private static Cell cell(@Nullable Figure figure) {
        if (figure == null) {
            return new Cell("–", "");
        }
        Duration unscaled = figure.unscaledOrNull();
        return new Cell(Wording.measured(figure), unscaled == null ? "" : Wording.duration(unscaled));
    }

    private static List<Cell> row(String head, Map<String, Figure> columns, Function<Figure, Cell> cell) {
        return Stream.concat(
                        Stream.of(new Cell(head, "")), columns.values().stream().map(cell))
                .toList();
    }
}
