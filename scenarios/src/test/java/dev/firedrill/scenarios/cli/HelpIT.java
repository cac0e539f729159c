package dev.firedrill.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void the_help_names_every_command_and_what_each_exit_status_means() throws Exception {
        assertThat(said("--help"))
                .contains("Commands:", "replay ", "incidents ", "up ", "report ")
                .containsSubsequence("Exit status:", "  0 ", "  1 ", "  2 ", "  3 ", "  130 ", "Examples:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay", "incidents", "up", "faults", "inject", "heal", "report", "compare"})
    void every_command_has_a_help_that_fits_a_terminal(String command) throws Exception {
        String help = said(command, "--help");

        assertThat(help).startsWith("Usage: firedrill " + command).contains("Options:");
        assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void the_version_is_the_one_that_was_built() throws Exception {
        assertThat(said("--version")).matches("firedrill \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\nJava \\d+.*\\n");
    }

    @Test
    void incidents_are_listed_with_their_remedies() throws Exception {
        assertThat(said("incidents"))
                .startsWith("knock-2024-06-03  Dashboard data not loading\n")
                .contains("\n  --with internal-monitor  ");
    }

    @Test
    void an_incident_without_remedies_is_replayed_once() throws Exception {
        Files.writeString(directory.resolve("bare.yaml"), """
                incident: bare
                title: A bare one
                source: {publisher: Example, document: an exercise}
                zone: UTC
                system: shop
                scale: {factor: 240, monitor: {interval: 1m, failures: 3}, delivery: 1s}
                timeline:
                  - {at: 2025-01-07 09:00, title: Nothing happens, record: Nothing happened., observe: {for: 1s}}
                """);

        assertThat(said("replay", "bare.yaml", "--dry-run")).containsOnlyOnce("A bare one");
    }

    @Test
    void the_report_of_a_run_that_was_killed_is_rebuilt_from_its_journal() throws Exception {
        killedRun();

        assertThat(said("report", "run")).isEqualTo("run/report.html\nrun/run.json\n");

        assertThat(directory.resolve("run/report.html"))
                .content()
                .contains("A small one", "INCONCLUSIVE", "the run was killed")
                .endsWith("</html>\n");
    }

    @Test
    void runs_are_compared_by_their_journals() throws Exception {
        killedRun();

        assertThat(said("compare", "run", "run"))
                .startsWith("run 1: run\nrun 2: run\n")
                .contains("the same verdict in all runs");
    }

    private void killedRun() throws IOException {
        Path journal = Files.createDirectories(directory.resolve("run")).resolve("journal.jsonl");
        try (InputStream stored = HelpIT.class.getResourceAsStream("killed.jsonl")) {
            Files.copy(stored, journal);
        }
    }

    private String said(String... arguments) throws Exception {
        try (Program program = Program.start(directory, arguments)) {
            assertThat(program.status()).as(program.lastWords()).isZero();
            assertThat(program.complaints()).isEmpty();
            return program.output();
        }
    }
}
