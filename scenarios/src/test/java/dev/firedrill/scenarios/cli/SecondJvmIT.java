package dev.firedrill.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds a cluster runs in a second JVM; that it ends with the first is seen in {@link EndIT}. */
class SecondJvmIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void a_cluster_is_held_by_a_second_jvm_with_the_properties_of_the_first() throws Exception {
        try (Program program = Program.startOptioned(List.of("-Dsome.property=given"), directory, "up")) {
            program.awaitOutput("API server at");

            assertThat(program.processes())
                    .filteredOn(process -> process.contains(FiredrillCommand.class.getName() + " up"))
                    .singleElement()
                    .asString()
                    .contains("-XX:+UseSerialGC", "-Dsome.property=given");
        }
    }

    @Test
    void a_jvm_with_options_of_its_own_is_taken_as_it_is() throws Exception {
        try (Program program = Program.startOptioned(List.of("-Xmx1g"), directory, "up")) {
            program.awaitOutput("API server at");

            assertThat(program.processes()).noneMatch(process -> process.contains(FiredrillCommand.class.getName()));
        }
    }

    /** Also where no cluster is started that would take them over. */
    @Test
    void what_the_second_jvm_noted_of_its_classes_is_kept_once(@TempDir Path cache) throws Exception {
        for (int run = 0; run < 2; run++) {
            try (Program program = Program.startCaching(cache, directory, "up", "--color=loud")) {
                assertThat(program.status()).as(program.lastWords()).isEqualTo(2);
            }
            try (Stream<Path> files = Files.walk(cache)) {
                assertThat(files.filter(Files::isRegularFile).map(Path::getFileName))
                        .containsExactly(Path.of(FiredrillCommand.class.getName() + ".classes"));
            }
        }
    }

    @Test
    void the_status_of_the_second_jvm_is_that_of_the_first() throws Exception {
        try (Program program = Program.start(directory, "up", "--color=loud")) {
            assertThat(program.status()).as(program.lastWords()).isEqualTo(2);
        }
    }
}
