package dev.firedrill.scenarios.cli;

import dev.firedrill.reports.Reports;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code firedrill report DIRECTORY}: rebuilds what a run leaves from its journal. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Rebuilds the report of a run from its journal, also of a run that was killed.")
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIRECTORY", description = "What the run left: target/firedrill/RUN.")
    private Path directory = Path.of(".");

    @Override
    public Integer call() {
        Reports.write(directory).forEach(System.out::println);
        return 0;
    }
}
