package dev.firedrill.scenarios.cli;

import dev.firedrill.reports.Reports;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code firedrill report DIRECTORY}: rebuilds what a run leaves from its journal. */
@Command(
        name = "report",
        abbreviateSynopsis = true,
        mixinStandardHelpOptions = true,
        description = {
            "Rebuilds the report of a run from its journal, also of a run that was killed.",
            "",
            "Prints the files that it wrote, over older ones. A run leaves journal.jsonl (what happened, event by"
                    + " event), run.json (for programs), report.html (for people, in one file that can be sent"
                    + " around); where something was red also diagnostics, and firedrill.log where a library had"
                    + " something to say."
        },
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = "  firedrill report target/firedrill/knock-2024-06-03-20260102-030405-abc")
final class ReportCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "DIRECTORY",
            description = "What the run left: the directory that holds its journal.jsonl, target/firedrill/RUN.")
    private Path directory = Path.of(".");

    @Override
    public Integer call() {
        Reports.write(directory).forEach(System.out::println);
        return 0;
    }
}
