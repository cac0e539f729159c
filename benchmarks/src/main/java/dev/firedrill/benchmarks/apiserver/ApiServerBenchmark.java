package dev.firedrill.benchmarks.apiserver;

import dev.firedrill.benchmarks.measure.Benchmark;
import dev.firedrill.benchmarks.measure.Goal;
import dev.firedrill.benchmarks.measure.Row;
import dev.firedrill.benchmarks.measure.Series;
import dev.firedrill.benchmarks.measure.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * The API server with 10,000 objects stored: requests per second, watch delivery and pauses; a fresh server process for
 * every run, measured from this process on the same machine.
 */
public final class ApiServerBenchmark implements Benchmark {
    private static final double GOAL_RATE = 4_000;
    private static final double GOAL_DELIVERY_MILLIS = 2;
    private static final double GOAL_PAUSE_MILLIS = 100;

    @Override
    public void measure(int runs, Consumer<Row> rows, Consumer<String> progress) {
        List<ServerRun> measured = new ArrayList<>();
        // This JVM is cold, and would be measured with the server.
        progress.accept("warmed up: " + ServerRun.measure(0).summary());
        for (int run = 1; run <= runs; run++) {
            measured.add(ServerRun.measure(run));
            progress.accept(run + " of " + runs + ": " + measured.get(run - 1).summary());
        }
        rows.accept(new Row(
                "API server, 10,000 objects: requests on 16 connections",
                Unit.PER_SECOND,
                series(measured, ServerRun::rate),
                Goal.atLeast(GOAL_RATE)));
        addObserved(rows, "steady clients only", measured, true);
        addObserved(rows, "under that load", measured, false);
        rows.accept(Row.plain(
                "longest pause of its garbage collector", Unit.MILLISECONDS, series(measured, ServerRun::collection)));
    }

    private static void addObserved(Consumer<Row> rows, String when, List<ServerRun> measured, boolean quiet) {
        ToDoubleFunction<ServerRun> p50 = run -> run.observed(quiet).deliveryMedian();
        ToDoubleFunction<ServerRun> p99 = run -> run.observed(quiet).deliveryHigh();
        ToDoubleFunction<ServerRun> pause = run -> run.observed(quiet).pause();
        ToDoubleFunction<ServerRun> own = run -> run.observed(quiet).lateness();
        rows.accept(new Row(
                "watch delivery p50, " + when,
                Unit.MILLISECONDS,
                series(measured, p50),
                quiet ? Goal.atMost(GOAL_DELIVERY_MILLIS) : null));
        rows.accept(Row.plain("watch delivery p99, " + when, Unit.MILLISECONDS, series(measured, p99)));
        rows.accept(new Row(
                "longest gap in the answers of a 200/s ticker, " + when,
                Unit.MILLISECONDS,
                series(measured, pause),
                Goal.never(GOAL_PAUSE_MILLIS)));
        rows.accept(Row.plain("of it at most the ticker's own, " + when, Unit.MILLISECONDS, series(measured, own)));
    }

    private static Series series(List<ServerRun> measured, ToDoubleFunction<ServerRun> part) {
        return Series.of(measured.stream().mapToDouble(part).boxed().toList());
    }
}
