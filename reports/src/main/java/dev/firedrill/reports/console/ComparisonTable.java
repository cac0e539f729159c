package dev.firedrill.reports.console;

import dev.firedrill.reports.wording.RunComparison;
import dev.firedrill.reports.wording.Wording;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;

/** Prints a comparison of runs: where their verdicts differ, above all, then the times side by side. */
public final class ComparisonTable {
    private final Lines lines;
    private final Columns columns;

    /**
     * Makes a printer.
     *
     * @param out has the style's charset
     */
    public ComparisonTable(PrintStream out, ConsoleStyle style) {
        this.lines = new Lines(out, style);
        this.columns = new Columns(lines);
    }

    /** Prints it all. */
    public void print(RunComparison comparison) {
        columns.print(comparison.heading());
        List<String> numbers = comparison.heading().get(0);
        for (RunComparison.Part drill : comparison.drills()) {
            lines.blank();
            lines.rule(drill.title());
            differing(drill, numbers);
            columns.print(below(numbers, drill.times()));
        }
    }

    private void differing(RunComparison.Part drill, List<String> numbers) {
        String same = Wording.count(drill.same(), "expectation");
        if (drill.differing().isEmpty()) {
            lines.line(4, same + ", the same verdict in all runs", Ink.GREEN);
            return;
        }
        lines.line(4, drill.differing().size() + " differ, " + same + " the same verdict in all runs", Ink.RED);
        columns.print(below(numbers, drill.differing()));
        lines.blank();
    }

    private static List<List<String>> below(List<String> heading, List<List<String>> rows) {
        return Stream.concat(Stream.of(heading), rows.stream()).toList();
    }
}
