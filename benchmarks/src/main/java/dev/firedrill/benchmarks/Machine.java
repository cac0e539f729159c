package dev.firedrill.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** On what the figures were measured, and how busy it was: figures of a busy machine say little. */
final class Machine {
    private static final Path LOAD = Path.of("/proc/loadavg");

    private Machine() {}

    /** One sentence for the head of a table. */
    static String description() {
        return String.format(
                Locale.ROOT,
                "%d processors, Linux %s, JDK %s, load average %s at the start.",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.version"),
                Runtime.version(),
                loadAverage());
    }

    private static String loadAverage() {
        try {
            String text = Files.readString(LOAD);
            return text.substring(0, text.indexOf(' '));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + LOAD + "; the benchmarks need Linux", e);
        }
    }
}
