package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.reports.Reports;
import dev.firedrill.reports.console.ComparisonTable;
import dev.firedrill.reports.console.ConsoleStyle;
import dev.firedrill.reports.record.RunRecord;
import dev.firedrill.reports.wording.RunComparison;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code firedrill compare DIRECTORY DIRECTORY...}: the same drills in several runs, side by side. */
@Command(
        name = "compare",
        abbreviateSynopsis = true,
        mixinStandardHelpOptions = true,
        description = {
            "Puts runs side by side: before and after a mend, or one for each kind of cluster.",
            "",
            "Says which expectations have not the same verdict in all of them, and shows how long each took. Reads"
                    + " the runs' journals and changes nothing."
        },
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the same verdicts in all runs",
            "1:verdicts differ, or an expectation is missing",
            "2:bad input"
        },
        footerHeading = "%nExample:%n",
        footer = "  firedrill compare target/firedrill/RUN-ON-EMBEDDED target/firedrill/RUN-ON-K3S")
final class CompareCommand implements Callable<Integer> {
    private static final int DIFFER = 1;

    @Parameters(
            paramLabel = "DIRECTORY",
            arity = "1..*",
            description = "What the runs left: two or more directories that hold a journal.jsonl each.")
    private List<Path> directories = List.of();

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "Colours: auto (the default: on a terminal), always or never.")
    private ConsoleStyle.Colour colour = ConsoleStyle.Colour.AUTO;

    @Override
    public Integer call() {
        if (directories.size() < 2) {
            throw new ConfigurationException("one run alone cannot be compared; give two directories or more");
        }
        List<RunRecord> runs = directories.stream().map(Reports::read).toList();
        RunComparison comparison = RunComparison.of(runs);
        if (comparison.drills().isEmpty()) {
            throw new ConfigurationException("no drill was begun in any of these runs: there is nothing to compare");
        }
        ConsoleStyle style = ConsoleStyle.ofStandardOutput(colour);
        PrintStream out = new PrintStream(System.out, true, style.charset());
        for (int i = 0; i < runs.size(); i++) {
            out.println("run " + (i + 1) + ": " + directories.get(i));
        }
        out.println();
        new ComparisonTable(out, style).print(comparison);
        return comparison.agrees() ? 0 : DIFFER;
    }
}
