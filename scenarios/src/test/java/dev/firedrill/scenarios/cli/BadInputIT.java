package dev.firedrill.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input: one line that says what is allowed, exit status 2, and nothing was started. */
class BadInputIT {
    private static final String REMEDIES = "internal-monitor, backlog-alert, canary-change, drain-before-all-clear";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @ParameterizedTest(name = "firedrill {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "replay knock-2024-06-3 | unknown incident \"knock-2024-06-3\"; allowed: knock-2024-06-03, or a file that ends"
                        + " in .yaml; did you mean \"knock-2024-06-03\"?",
                "repaly x | unknown command \"repaly\"; allowed: replay, incidents, up, report, help; did you mean \"replay\"?",
                "replay knock-2024-06-03 --sclae=3 | unknown flag \"--sclae\" of replay; allowed: --cluster, --color,"
                        + " --each-remedy, --help, --output, --scale, --seed, --version, --with, --without; did you mean"
                        + " \"--scale\"?",
                "replay knock-2024-06-03 --scale abc | --scale must be a whole number from 1 to 100000, not \"abc\"; see:"
                        + " firedrill replay --help",
                "replay knock-2024-06-03 --scale 0 | --scale must be a whole number from 1 to 100000, not \"0\"; see: firedrill"
                        + " replay --help",
                "replay knock-2024-06-03 --scale | replay lacks a value for --scale; see: firedrill replay --help",
                "replay knock-2024-06-03 --seed x | --seed must be a whole number of 64 bits, not \"x\"; see: firedrill replay"
                        + " --help",
                "replay knock-2024-06-03 --seed 1 --seed 2 | --seed stands twice; give it once",
                "replay knock-2024-06-03 --with internal-monitr | unknown remedy \"internal-monitr\" of incident"
                        + " knock-2024-06-03; allowed: " + REMEDIES + "; did you mean \"internal-monitor\"?",
                "replay knock-2024-06-03 --without nothing | unknown remedy \"nothing\" of incident knock-2024-06-03; allowed: "
                        + REMEDIES,
                "replay knock-2024-06-03 --with internal-monitor --without backlog-alert | --with, --without and --each-remedy"
                        + " exclude each other; give one of them",
                "replay knock-2024-06-03 --cluster k3s | cluster kind \"k3s\" comes with a later version, this one does not have"
                        + " it; allowed: auto, embedded",
                "up --cluster existing | cluster kind \"existing\" comes with a later version, this one does not have it;"
                        + " allowed: auto, embedded",
                "up --cluster embeded | unknown cluster kind \"embeded\"; allowed: auto, embedded; did you mean \"embedded\"?",
                "up --for soon | --for must be a number with a unit of ms, s, m or h, as in 250ms, 2s, 5m, 10h, 3h42m, not"
                        + " \"soon\"; see: firedrill up --help",
                "up shop | \"shop\" is one argument too many for up; allowed: flags alone; see: firedrill up --help",
                "replay knock-2024-06-03 --color alwys | --color cannot be \"alwys\"; allowed: auto, always, never; did you mean"
                        + " \"always\"?",
                "replay | replay lacks INCIDENT; see: firedrill replay --help",
                "replay nowhere.yaml | nowhere.yaml: cannot be read (no such file)",
                "replay tmp.yaml | tmp.yaml: cannot be read (it is a directory)",
                "replay knock-2024-06-03 --output out | out: cannot be written (it is not a directory)",
                "report . | .: no journal.jsonl here; give the directory of one run, as in target/firedrill/<run>"
            })
    void is_refused(String arguments, String complaint) throws Exception {
        Files.createDirectories(directory.resolve("tmp.yaml"));
        assertRefused(complaint, arguments.split(" "));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "since: resync | since: rsync | unknown step \"rsync\"; allowed: ",
                "at: 2024-06-03 20:00 | at: 2024-06-05 20:00 | time runs backwards",
                "zone: America/New_York | zone: [America/New_York | not valid YAML: ",
                "incident: knock-2024-06-03 | incidnet: knock-2024-06-03 | unknown key \"incidnet\" in the file; allowed: "
            })
    void of_a_file_is_refused_with_its_line(String right, String wrong, String complaint) throws Exception {
        Path file = directory.resolve("mine.yaml");
        String text = knock();
        assertThat(text).contains(right);
        Files.writeString(file, text.replaceFirst(java.util.regex.Pattern.quote(right), wrong));
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
