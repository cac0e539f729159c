package dev.firedrill.benchmarks.start;

import dev.firedrill.benchmarks.measure.Archives;
import dev.firedrill.benchmarks.measure.Benchmark;
import dev.firedrill.benchmarks.measure.Goal;
import dev.firedrill.benchmarks.measure.Row;
import dev.firedrill.benchmarks.measure.Series;
import dev.firedrill.benchmarks.measure.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * From {@code Cluster.start()} until all fixtures and the agent are Ready: in a fresh JVM each time, which is the goal,
 * and again and again in one JVM; and what happened in between, in fresh JVMs that watch each pod.
 */
public final class StartBenchmark implements Benchmark {
    private static final double GOAL_SECONDS = 3;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final Set<String> NO_MOMENTS =
            Set.of(ClusterStart.HELD, ClusterStart.OWN_PROCESSOR_TIME, ClusterStart.PODS_PROCESSOR_TIME);

    @Override
    public void measure(int runs, Consumer<Row> rows, Consumer<String> progress) {
        Archives archives = Archives.empty("start");
        double first;
        try (HeldCluster cluster = HeldCluster.start(archives)) {
            first = readySeconds(cluster.marks()).get(0);
            progress.accept("first run: " + Unit.SECONDS.text(first));
            cluster.awaitArchives();
        }
        fresh(archives, runs, progress).forEach(rows);
        rows.accept(byDefault(archives, runs, progress));
        rows.accept(Row.plain(
                "the same at the first run, the making of its archive included",
                Unit.SECONDS,
                Series.of(List.of(first))));
        rows.accept(repeated(archives, runs, progress));
        moments(archives, runs, progress).forEach(rows);
    }

    private static List<Row> fresh(Archives archives, int runs, Consumer<String> progress) {
        List<Double> ready = new ArrayList<>();
        List<Double> launched = new ArrayList<>();
        List<Double> own = new ArrayList<>();
        List<Double> pods = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            try (HeldCluster cluster = HeldCluster.start(archives)) {
                ready.addAll(readySeconds(cluster.marks()));
                launched.add(cluster.sinceLaunch().toNanos() / 1e9);
                own.addAll(seconds(cluster.marks(), ClusterStart.OWN_PROCESSOR_TIME));
                pods.addAll(seconds(cluster.marks(), ClusterStart.PODS_PROCESSOR_TIME));
                progress.accept("fresh JVM " + run + " of " + runs + ": " + Unit.SECONDS.text(ready.get(run - 1)));
            }
        }
        return List.of(
                new Row(
                        "`Cluster.start()` until all fixtures and the agent are Ready, fresh JVM each time",
                        Unit.SECONDS,
                        Series.of(ready),
                        Goal.atMost(GOAL_SECONDS)),
                Row.plain("the same, from the launch of `java`", Unit.SECONDS, Series.of(launched)),
                Row.plain("processor time of the harness until then", Unit.SECONDS, Series.of(own)),
                Row.plain("processor time of all pods until then", Unit.SECONDS, Series.of(pods)));
    }

    private static Row byDefault(Archives archives, int runs, Consumer<String> progress) {
        List<Double> ready = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            try (HeldCluster cluster = HeldCluster.startByDefault(archives)) {
                ready.addAll(readySeconds(cluster.marks()));
                progress.accept("JDK's defaults " + run + " of " + runs + ": " + Unit.SECONDS.text(ready.get(run - 1)));
            }
        }
        return Row.plain("the same in a JVM with the JDK's defaults", Unit.SECONDS, Series.of(ready));
    }

    /** The first of one JVM is left out: it is what the fresh ones measure. */
    private static Row repeated(Archives archives, int runs, Consumer<String> progress) {
        progress.accept((runs + 1) + " starts in one JVM");
        try (HeldCluster cluster = HeldCluster.startLastOf(runs + 1, archives)) {
            List<Double> ready = readySeconds(cluster.marks());
            return Row.plain("the same, again in one JVM", Unit.SECONDS, Series.of(ready.subList(1, ready.size())));
        }
    }

    private static List<Row> moments(Archives archives, int runs, Consumer<String> progress) {
        Map<String, List<Double>> moments = new LinkedHashMap<>();
        for (int run = 1; run <= runs; run++) {
            progress.accept("fresh JVM, each pod watched: " + run + " of " + runs);
            try (HeldCluster cluster = HeldCluster.startWatched(archives)) {
                cluster.marks().stream()
                        .filter(mark -> !NO_MOMENTS.contains(mark.name()))
                        .forEach(mark -> moments.computeIfAbsent(mark.name(), name -> new ArrayList<>())
                                .add(mark.millis()));
            }
        }
        return moments.entrySet().stream()
                .map(moment -> Row.plain(
                        "after `Cluster.start()`: " + moment.getKey(), Unit.MILLISECONDS, Series.of(moment.getValue())))
                .sorted(Comparator.comparingDouble(row -> row.series().median()))
                .toList();
    }

    private static List<Double> readySeconds(List<Mark> marks) {
        return seconds(marks, ClusterStart.READY);
    }

    private static List<Double> seconds(List<Mark> marks, String name) {
        return marks.stream()
                .filter(mark -> mark.name().equals(name))
                .map(mark -> mark.millis() / MILLIS_PER_SECOND)
                .toList();
    }
}
