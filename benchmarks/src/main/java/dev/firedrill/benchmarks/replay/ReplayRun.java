package dev.firedrill.benchmarks.replay;

import dev.firedrill.benchmarks.measure.Archives;
import dev.firedrill.benchmarks.measure.Child;
import dev.firedrill.benchmarks.measure.MeasurementException;
import dev.firedrill.benchmarks.measure.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The command line's two replays of an incident, as a user runs them. */
public final class ReplayRun implements AutoCloseable {
    private static final String INCIDENT = "knock-2024-06-03";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path output;
    private final Child child;

    private ReplayRun(Path output, Child child) {
        this.output = output;
        this.child = child;
    }

    /**
     * Launches it.
     *
     * @param name of the directory for what it leaves, in which other runs may have left something
     */
    public static ReplayRun start(Archives archives, String name) {
        Path output = fresh(name);
        List<String> command = Programs.firedrill(List.of("replay", INCIDENT, "--output", output.toString()));
        return new ReplayRun(output, Child.logging(command, archives.environment(), output.resolve("console.log")));
    }

    private static Path fresh(String name) {
        try {
            Files.createDirectories(Programs.OUTPUT);
            return Files.createTempDirectory(Programs.OUTPUT, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException("no directory for a replay", e);
        }
    }

    /** Its JVM, whose descendants are the pods. */
    public ProcessHandle handle() {
        return child.handle();
    }

    public boolean running() {
        return child.alive();
    }

    /**
     * Waits until the program has ended.
     *
     * @return how long it took from start to exit
     * @throws MeasurementException if an expectation was not met: a replay that breaks off is no measure
     */
    public Duration awaitEnd() {
        return child.awaitSuccess(PATIENCE, output.resolve("console.log").toString());
    }

    /** The journal that it left. */
    Path journal() {
        try (Stream<Path> files = Files.walk(output)) {
            return files.filter(file -> file.endsWith("journal.jsonl"))
                    .findFirst()
                    .orElseThrow(() -> new MeasurementException("no journal below " + output));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for the journal below " + output, e);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
