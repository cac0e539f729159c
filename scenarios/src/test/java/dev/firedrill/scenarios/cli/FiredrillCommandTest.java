package dev.firedrill.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FiredrillCommandTest {
    /** A command that cannot go on. */
    @Command(name = "endless")
    private static final class Endless implements Runnable {
        @Override
        public void run() {
            throw new StackOverflowError();
        }
    }

    @Test
    void an_error_is_inconclusive_and_told_in_one_line() {
        StringWriter told = new StringWriter();
        CommandLine line = new CommandLine(new Endless()).setErr(new PrintWriter(told));

        assertThat(FiredrillCommand.execute(line)).isEqualTo(3);
        assertThat(told.toString().lines())
                .singleElement()
                .asString()
                .startsWith(
                        "firedrill: unexpected java.lang.StackOverflowError; this is a bug, please report it with ");
    }
}
