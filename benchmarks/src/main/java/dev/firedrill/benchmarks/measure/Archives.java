package dev.firedrill.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The pods' class-data archives of one benchmark, apart from the user's own, so that a first run can be had. */
public final class Archives {
    private static final String ARCHIVE = "classes.jsa";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path directory;

    private Archives(Path directory) {
        this.directory = directory;
    }

    /** An empty place for archives; what an earlier benchmark of that name left is removed. */
    public static Archives empty(String name) {
        Path directory = Programs.OUTPUT.resolve("cache-" + name).toAbsolutePath();
        try {
            if (Files.isDirectory(directory)) {
                remove(directory);
            }
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty " + directory, e);
        }
        return new Archives(directory);
    }

    private static void remove(Path root) throws IOException {
        List<Path> all;
        try (Stream<Path> walked = Files.walk(root)) {
            all = walked.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }

    /** What a child's environment needs to use them. */
    public Map<String, String> environment() {
        return Map.of("XDG_CACHE_HOME", directory.toString());
    }

    /**
     * Waits for the first archive, which a cluster makes when its first system is ready.
     *
     * @throws MeasurementException if it does not come
     */
    public void awaitMade() {
        if (!Waiting.forCondition(this::made, PATIENCE)) {
            throw new MeasurementException(
                    "no class-data archive below " + directory + " after " + PATIENCE.toSeconds() + " s");
        }
    }

    private boolean made() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.anyMatch(file -> file.endsWith(ARCHIVE));
        } catch (IOException | UncheckedIOException e) {
            return false; // a file went while the tree was walked: look again later
        }
    }
}
