package dev.firedrill.benchmarks.memory;

import dev.firedrill.benchmarks.measure.Archives;
import dev.firedrill.benchmarks.measure.Benchmark;
import dev.firedrill.benchmarks.measure.Goal;
import dev.firedrill.benchmarks.measure.Row;
import dev.firedrill.benchmarks.measure.Series;
import dev.firedrill.benchmarks.measure.Unit;
import dev.firedrill.benchmarks.replay.ReplayRun;
import dev.firedrill.benchmarks.start.HeldCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The memory of harness and pods together: at rest, and the most that it was during the replays of an incident. */
public final class MemoryBenchmark implements Benchmark {
    private static final double GOAL_MEGABYTES = 900;
    private static final Duration REST = Duration.ofSeconds(10);
    private static final Duration LONGEST_REPLAY = Duration.ofMinutes(5);

    @Override
    public void measure(int runs, Consumer<Row> rows, Consumer<String> progress) {
        atRest(runs, progress).forEach(rows);
        duringReplays(runs, progress).forEach(rows);
    }

    private static List<Row> atRest(int runs, Consumer<String> progress) {
        Archives archives = Archives.empty("memory-rest");
        try (HeldCluster cluster = HeldCluster.start(archives)) {
            cluster.awaitArchives();
        }
        List<Map<String, Double>> rests = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            try (HeldCluster cluster = HeldCluster.start(archives)) {
                List<Map<String, Double>> samples = MemorySampler.sample(cluster.handle(), () -> true, REST);
                rests.add(samples.get(samples.size() - 1));
            }
            progress.accept("at rest, " + run + " of " + runs + ": "
                    + Unit.MEGABYTES.text(MemorySampler.sum(rests.get(run - 1))));
        }
        return rows("everything together " + REST.toSeconds() + " s after it was ready", rests);
    }

    private static List<Row> duringReplays(int runs, Consumer<String> progress) {
        Archives archives = Archives.empty("memory-replay");
        peak(archives);
        archives.awaitMade();
        List<Map<String, Double>> peaks = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            peaks.add(peak(archives));
            progress.accept("replays, " + run + " of " + runs + ": at most "
                    + Unit.MEGABYTES.text(MemorySampler.sum(peaks.get(run - 1))));
        }
        return rows("everything together, at most during both replays", peaks);
    }

    private static Map<String, Double> peak(Archives archives) {
        try (ReplayRun replay = ReplayRun.start(archives, "memory")) {
            List<Map<String, Double>> samples = MemorySampler.sample(replay.handle(), replay::running, LONGEST_REPLAY);
            replay.awaitEnd();
            return samples.stream()
                    .max((one, other) -> Double.compare(MemorySampler.sum(one), MemorySampler.sum(other)))
                    .orElseThrow();
        }
    }

    /** The sum, and then what each program had of it in the same moments. */
    private static List<Row> rows(String what, List<Map<String, Double>> samples) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(
                what,
                Unit.MEGABYTES,
                Series.of(samples.stream().map(MemorySampler::sum).toList()),
                Goal.atMost(GOAL_MEGABYTES)));
        Map<String, List<Double>> programs = new TreeMap<>();
        samples.forEach(sample -> sample.forEach((name, size) ->
                programs.computeIfAbsent(name, key -> new ArrayList<>()).add(size)));
        programs.forEach((name, sizes) -> rows.add(Row.plain("of it: " + name, Unit.MEGABYTES, Series.of(sizes))));
        return rows;
    }
}
