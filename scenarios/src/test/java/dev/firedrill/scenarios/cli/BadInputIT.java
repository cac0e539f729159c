package dev.firedrill.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Bad input: one line that says what is allowed, exit status 2, and nothing was started. */
class BadInputIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @ParameterizedTest(name = "firedrill {0}")
    @CsvFileSource(resources = "bad-input.txt", delimiter = '|', quoteCharacter = '`')
    void is_refused(String arguments, String complaint) throws Exception {
        Files.createDirectories(directory.resolve("tmp.yaml"));
        assertRefused(complaint, arguments.split(" "));
    }

    @ParameterizedTest(name = "{1}")
    @CsvFileSource(resources = "bad-incidents.txt", delimiter = '|', quoteCharacter = '`')
    void of_a_file_is_refused_with_its_line(String right, String wrong, String complaint) throws Exception {
        Path file = directory.resolve("mine.yaml");
        String text = knock();
        assertThat(text).contains(right);
        Files.writeString(file, text.replaceFirst(Pattern.quote(right), wrong));
        try (Program program = Program.start(directory, "replay", "mine.yaml")) {
            assertThat(program.status()).as(program.lastWords()).isEqualTo(2);
            assertThat(program.complaints())
                    .matches("firedrill: mine\\.yaml:\\d+: [^\\n]*\\n")
                    .contains(complaint);
            assertThat(program.runs()).as("directories of runs").isEmpty();
        }
    }

    @Test
    void a_broken_journal_is_refused_with_its_line() throws Exception {
        Files.writeString(directory.resolve("journal.jsonl"), "{\"v\":1,\n{}\n");

        assertRefused("./journal.jsonl:1: not a line of JSON", "report", ".");
    }

    @Test
    void no_command_at_all_shows_the_help_and_is_no_success() throws Exception {
        try (Program program = Program.start(directory)) {
            assertThat(program.status()).isEqualTo(2);
            assertThat(program.complaints()).startsWith("Usage: firedrill [-hV] COMMAND");
        }
    }

    private void assertRefused(String complaint, String... arguments) throws Exception {
        try (Program program = Program.start(directory, arguments)) {
            assertThat(program.status()).as(program.lastWords()).isEqualTo(2);
            assertThat(program.complaints()).isEqualTo("firedrill: " + complaint + "\n");
            assertThat(program.output()).isEmpty();
            assertThat(program.runs()).as("directories of runs").isEmpty();
        }
    }

    private static String knock() throws IOException {
        try (InputStream in = BadInputIT.class.getResourceAsStream("/incidents/knock-2024-06-03.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
