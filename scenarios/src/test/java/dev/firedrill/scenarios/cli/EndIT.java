package dev.firedrill.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.timeline.RunArtifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a replay ends, it leaves no process and no temporary file, and a report that can be read. */
class EndIT {
    /** Five seconds are promised; a busy machine gets more, and a process that stays forever is still found. */
    private static final Duration GONE = Duration.ofSeconds(30);

    /** An incident in which nothing happens. */
    static final String SHORT = """
            incident: short
            title: Nothing happens
            source: {publisher: nobody, document: none}
            zone: UTC
            system: shop
            scale: {factor: 60, monitor: {interval: 1m, failures: 3}, delivery: 1s}
            timeline:
              - {at: 2025-01-07 09:00, title: A quiet day, record: Nothing happens.}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @ParameterizedTest(name = "after \"{0}\"")
    @ValueSource(strings = {"API server at", "cluster ready", "the pager hears"})
    void ctrl_c_cleans_up_and_leaves_a_report(String moment) throws Exception {
        try (Program program = Program.start(directory, "replay", "knock-2024-06-03")) {
            program.awaitOutput(moment);

            program.signal("INT");

            assertThat(program.status()).as(program.lastWords()).isEqualTo(130);
            program.assertNothingLeft(GONE);
            assertThat(program.complaints())
                    .isEqualTo("firedrill: interrupted; putting everything back and writing the report"
                            + " (once more to end at once)\n");
            assertThat(program.runs()).hasSize(1);
            Path run = program.runs().get(0);
            assertThat(run.resolve("report.html"))
                    .content()
                    .contains("Dashboard data not loading", "INCONCLUSIVE", "The run was interrupted.")
                    .endsWith("</html>\n");
            assertThat(run.resolve("run.json")).content().contains("INTERRUPTED");
            assertThat(program.output()).contains("The run was interrupted.", "report: target/firedrill/knock-");
        }
    }

    @Test
    void ctrl_c_while_the_report_is_written_leaves_it_whole() throws Exception {
        Path services = Files.createDirectories(directory.resolve("more/META-INF/services"));
        Files.writeString(services.resolve(RunArtifact.class.getName()), HeldArtifact.class.getName());
        Files.writeString(directory.resolve("short.yaml"), SHORT);
        List<Path> more = List.of(directory.resolve("more"), Path.of("target/test-classes"));
        try (Program program = Program.startWith(more, directory, "replay", "short.yaml")) {
            program.awaitOutput(HeldArtifact.BEGUN);

            program.signal("INT");

            assertThat(program.status()).as(program.lastWords()).isEqualTo(130);
            program.assertNothingLeft(GONE);
            Path run = program.runs().get(0);
            assertThat(run.resolve("report.html"))
                    .content()
                    .contains("Nothing happens", "The run was interrupted.")
                    .endsWith("</html>\n");
            assertThat(run.resolve("run.json")).content().contains("INTERRUPTED", "\"exitStatus\" : 130");
        }
    }

    @Test
    void ctrl_c_twice_ends_at_once_and_the_rest_is_cleaned_up_behind_it() throws Exception {
        try (Program program = Program.start(directory, "replay", "knock-2024-06-03")) {
            program.awaitOutput("cluster ready");

            program.signal("INT");
            program.signal("INT");

            assertThat(program.status()).as(program.lastWords()).isEqualTo(130);
            program.assertNothingLeft(GONE);
        }
    }

    @Test
    void kill_9_leaves_no_process_and_a_journal_that_makes_a_report() throws Exception {
        try (Program program = Program.start(directory, "replay", "knock-2024-06-03")) {
            program.awaitOutput("the pager hears");
            assertThat(program.processes())
                    .as("the program, its reaper and its pods")
                    .hasSizeGreaterThan(5);

            program.signal("KILL");

            program.assertNothingLeft(GONE);
            Path run = program.runs().get(0);
            try (Program report = Program.start(directory, "report", run.toString())) {
                assertThat(report.status()).as(report.lastWords()).isZero();
            }
            assertThat(run.resolve("report.html"))
                    .content()
                    .contains("Dashboard data not loading", "the run was killed");
        }
    }
}
