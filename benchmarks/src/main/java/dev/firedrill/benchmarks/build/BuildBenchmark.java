package dev.firedrill.benchmarks.build;

import dev.firedrill.benchmarks.measure.Benchmark;
import dev.firedrill.benchmarks.measure.Child;
import dev.firedrill.benchmarks.measure.Goal;
import dev.firedrill.benchmarks.measure.Programs;
import dev.firedrill.benchmarks.measure.Row;
import dev.firedrill.benchmarks.measure.Series;
import dev.firedrill.benchmarks.measure.Unit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code mvn verify} in a fresh clone of the last commit, with the local repository of the user, which a build before
 * has filled. The clones stay below {@code benchmarks/target}.
 */
public final class BuildBenchmark implements Benchmark {
    private static final double GOAL_SECONDS = 300;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    @Override
    public void measure(int runs, Consumer<Row> rows, Consumer<String> progress) {
        List<Double> seconds = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            Path directory = directory();
            Path clone = directory.resolve("clone");
            Path log = directory.resolve("build.log");
            run(Path.of(""), List.of("git", "clone", "--quiet", "--no-hardlinks", ".", clone.toString()), log);
            Duration took = run(clone, List.of("mvn", "-B", "verify"), log);
            seconds.add(took.toNanos() / NANOS_PER_SECOND);
            progress.accept(run + " of " + runs + ": " + Unit.SECONDS.text(seconds.get(run - 1)));
        }
        rows.accept(new Row(
                "`mvn verify` in a fresh clone, local repository filled",
                Unit.SECONDS,
                Series.of(seconds),
                Goal.atMost(GOAL_SECONDS)));
    }

    private static Path directory() {
        try {
            Files.createDirectories(Programs.OUTPUT);
            return Files.createTempDirectory(Programs.OUTPUT, "verify-").toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException("no directory for a clone", e);
        }
    }

    private static Duration run(Path directory, List<String> command, Path log) {
        try (Child child = Child.loggingIn(directory, command, Map.of(), log)) {
            return child.awaitSuccess(PATIENCE, log.toString());
        }
    }
}
