package dev.firedrill.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An incident of one's own, whose expectation is not met: what a person finds who wants to know why. */
class RedIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void a_red_replay_leaves_logs_objects_and_events_without_secrets_beside_its_report() throws Exception {
        try (InputStream red = RedIT.class.getResourceAsStream("red.yaml")) {
            Files.copy(red, directory.resolve("red.yaml"));
        }
        try (Program program = Program.start(directory, "replay", "red.yaml", "--with", "nothing")) {
            assertThat(program.status()).isEqualTo(2);
        }
        try (Program program = Program.start(directory, "replay", "red.yaml", "--seed", "7")) {
            assertThat(program.status()).as(program.lastWords()).isEqualTo(1);
            assertThat(program.output()).contains("A page that never comes", "seed 7", "FAIL (embedded)");
            assertThat(program.complaints()).isEmpty();
            Path run = program.runs().get(0);
            assertThat(run.resolve("report.html")).content().contains("diagnostics-1/events.txt");
            assertUseful(run.resolve("diagnostics-1"), "shop");
            // What the first left there is nothing that the second may be judged by.
            assertUseful(run.resolve("diagnostics-2"), "shop-2");
            program.assertNothingLeft(java.time.Duration.ofSeconds(30));
        }
    }

    private static void assertUseful(Path diagnostics, String namespace) throws IOException {
        List<String> files = files(diagnostics);
        assertThat(files)
                .contains("cluster.log", "events.txt", "objects/pods.yaml", "objects/deployments.yaml")
                .contains("objects/secrets.yaml", "objects/configmaps.yaml")
                .anyMatch(file -> file.matches("logs/" + namespace + "_api-[a-z0-9-]+_api\\.log"))
                .anyMatch(file -> file.matches("logs/" + namespace + "_monitor-[a-z0-9-]+_monitor\\.log"))
                .anyMatch(file -> file.matches("logs/" + namespace + "_firedrill-agent-[a-z0-9-]+_agent\\.log"));
        assertThat(diagnostics.resolve("events.txt")).content().contains("Killing", "Pod/" + namespace + "/api-");
        assertThat(diagnostics.resolve("objects/secrets.yaml"))
                .content()
                .contains("name: \"api-internal-token\"", "token: \"masked\"");
        for (Path log : logs(diagnostics)) {
            assertThat(log).isNotEmptyFile();
        }
    }

    private static List<Path> logs(Path diagnostics) throws IOException {
        try (Stream<Path> logs = Files.list(diagnostics.resolve("logs"))) {
            return logs.toList();
        }
    }

    private static List<String> files(Path below) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> below.relativize(file).toString())
                    .toList();
        }
    }
}
