package dev.firedrill.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void a_cluster_is_held_until_ctrl_c_and_nothing_of_it_is_left() throws Exception {
        try (Program program = Program.start(directory, "up")) {
            program.awaitOutput("Ctrl-C ends it");
            Path kubeconfig = kubeconfig(program);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kubeconfig)))
                    .isEqualTo("rw-------");
            assertThat(program.output()).contains("Dashboard   http://127.", "Public API  curl ");

            program.signal("INT");

            assertThat(program.status()).as(program.lastWords()).isEqualTo(130);
            program.assertNothingLeft(Duration.ofSeconds(30));
            assertThat(program.complaints())
                    .isEqualTo("firedrill: interrupted; stopping the cluster (once more to end at once)\n");
        }
    }

    @Test
    void a_cluster_with_a_time_limit_ends_by_itself() throws Exception {
        try (Program program = Program.start(directory, "up", "--for", "100ms")) {
            assertThat(program.status()).as(program.lastWords()).isZero();
            program.assertNothingLeft(Duration.ofSeconds(30));
            assertThat(program.complaints()).isEmpty();
        }
    }

    /** The kubeconfig that the program tells of. */
    static Path kubeconfig(Program program) {
        return program.output()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("export KUBECONFIG="))
                .map(line -> Path.of(line.substring(line.indexOf('=') + 1)))
                .findFirst()
                .orElseThrow();
    }
}
