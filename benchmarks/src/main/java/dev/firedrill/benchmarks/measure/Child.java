package dev.firedrill.benchmarks.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process that a benchmark starts, measures and ends. It ends with the benchmark too; a cluster in it is asked to
 * end first, so that it takes its pods along.
 */
public final class Child implements AutoCloseable {
    private static final Duration FAREWELL = Duration.ofSeconds(15);

    private final Process process;
    private final BufferedReader lines;
    private final Thread hook;
    private final long startedNanos;

    private Child(Process process, long startedNanos) {
        this.process = process;
        this.startedNanos = startedNanos;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.hook = new Thread(process::destroy, "benchmark-child-end");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts a process whose output is read by {@link #line()}; its errors go to a file. */
    public static Child talking(List<String> command, Map<String, String> environment, Path errors) {
        return start(builder(command, environment).redirectError(log(errors)));
    }

    /** Starts a process whose output and errors go to a file. */
    public static Child logging(List<String> command, Map<String, String> environment, Path log) {
        return loggingIn(Path.of(""), command, environment, log);
    }

    /** The same, in another directory than this JVM's. */
    public static Child loggingIn(Path directory, List<String> command, Map<String, String> environment, Path log) {
        return start(builder(command, environment)
                .directory(directory.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(log)));
    }

    private static ProcessBuilder builder(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder;
    }

    private static ProcessBuilder.Redirect log(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return ProcessBuilder.Redirect.appendTo(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("no directory for " + file, e);
        }
    }

    private static Child start(ProcessBuilder builder) {
        try {
            long now = System.nanoTime();
            return new Child(builder.start(), now);
        } catch (IOException e) {
            throw new MeasurementException("cannot start " + builder.command().get(0) + ": " + e.getMessage(), e);
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** The next line that it prints; empty at the end of its output. Blocks. */
    public Optional<String> line() {
        try {
            return Optional.ofNullable(lines.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what a child prints", e);
        }
    }

    /** Ends its standard input, by which it is asked to finish. */
    public void dismiss() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot end a child's input", e);
        }
    }

    /**
     * Waits for its end.
     *
     * @return how long it took from start to exit
     * @throws MeasurementException if it does not end in time, or not with status 0
     */
    public Duration awaitSuccess(Duration atMost, String hint) {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new MeasurementException("a child has not ended after " + atMost.toSeconds() + " s; see " + hint);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasurementException("interrupted", e);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
        if (process.exitValue() != 0) {
            throw new MeasurementException("a child ended with status " + process.exitValue() + "; see " + hint);
        }
        return took;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ignored) {
            // this JVM is ending, and the hook has run
        }
    }
}
