package dev.firedrill.benchmarks.replay;

import dev.firedrill.benchmarks.measure.Archives;
import dev.firedrill.benchmarks.measure.Benchmark;
import dev.firedrill.benchmarks.measure.Goal;
import dev.firedrill.benchmarks.measure.Row;
import dev.firedrill.benchmarks.measure.Series;
import dev.firedrill.benchmarks.measure.Unit;
import dev.firedrill.harness.timeline.JournalFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Both replays of an incident, from {@code java -jar} to exit, and each one's share of it. */
public final class ReplayBenchmark implements Benchmark {
    private static final double GOAL_SECONDS = 15;
    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public void measure(int runs, Consumer<Row> rows, Consumer<String> progress) {
        Archives archives = Archives.empty("replay");
        progress.accept("a first run, which makes class-data archives");
        run(archives);
        archives.awaitMade();
        List<Double> total = new ArrayList<>();
        List<ReplayTimes> times = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            Instant launched = Instant.now();
            try (ReplayRun replay = ReplayRun.start(archives, "replay")) {
                Duration took = replay.awaitEnd();
                total.add(seconds(took));
                times.add(ReplayTimes.of(JournalFormat.read(replay.journal()), launched, launched.plus(took)));
            }
            progress.accept(run + " of " + runs + ": " + Unit.SECONDS.text(total.get(run - 1)));
        }
        rows.accept(goal("first replay: `java -jar` to its verdict", series(times, ReplayTimes::first)));
        rows.accept(goal("second replay: from there to exit", series(times, ReplayTimes::second)));
        rows.accept(Row.plain("both replays: `java -jar` to exit", Unit.SECONDS, Series.of(total)));
        rows.accept(plain("of it: `java -jar` until the cluster is there", series(times, ReplayTimes::start)));
        rows.accept(plain(
                "of it: the first drill", series(times, each -> each.drills().get(0))));
        rows.accept(plain(
                "of it: the second drill", series(times, each -> each.drills().get(1))));
    }

    private static void run(Archives archives) {
        try (ReplayRun replay = ReplayRun.start(archives, "replay")) {
            replay.awaitEnd();
        }
    }

    private static Row goal(String what, Series series) {
        return new Row(what, Unit.SECONDS, series, Goal.atMost(GOAL_SECONDS));
    }

    private static Row plain(String what, Series series) {
        return Row.plain(what, Unit.SECONDS, series);
    }

    private static Series series(List<ReplayTimes> times, Function<ReplayTimes, Duration> part) {
        return Series.of(times.stream().map(part).map(ReplayBenchmark::seconds).toList());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }
}
