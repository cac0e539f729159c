package dev.firedrill.scenarios.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where libraries' complaints go while a run goes on: {@value #NAME} in the run's directory, instead of a console that
 * belongs to the drill. The file is made when there is something to write.
 *
 * <p>Source: slf4j-simple writes to whatever {@code System.err} is at that moment.
 */
final class RunLog {
    /** The file's name in the run's directory. */
    static final String NAME = "firedrill.log";

    private RunLog() {}

    /** From now on all that this JVM writes to its standard error is written to a file of the run. */
    static void divert(Path directory) {
        System.setErr(new PrintStream(new Late(directory.resolve(NAME)), true, StandardCharsets.UTF_8));
    }

    /** A file that is opened by its first byte. */
    private static final class Late extends OutputStream {
        private final Path file;
        private @Nullable OutputStream open;

        Late(Path file) {
            this.file = file;
        }

        private synchronized OutputStream opened() throws IOException {
            if (open == null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                // A stream of a file, unlike a channel, outlives a write on an interrupted thread.
                open = new FileOutputStream(file.toFile(), true);
            }
            return open;
        }

        @Override
        public void write(int octet) throws IOException {
            opened().write(octet);
        }

        @Override
        public void write(byte[] octets, int from, int length) throws IOException {
            opened().write(octets, from, length);
        }
    }
}
