package dev.firedrill.benchmarks.faults;

import dev.firedrill.benchmarks.measure.Benchmark;
import dev.firedrill.benchmarks.measure.Goal;
import dev.firedrill.benchmarks.measure.Row;
import dev.firedrill.benchmarks.measure.Series;
import dev.firedrill.benchmarks.measure.Unit;
import dev.firedrill.harness.model.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** From an injection to the proof of its effect, and from its undo to the proof of the recovery, kind by kind. */
public final class FaultsBenchmark implements Benchmark {
    private static final double GOAL_MILLIS = 100;
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public void measure(int runs, Consumer<Row> rows, Consumer<String> progress) {
        List<OwnShare> all = new ArrayList<>();
        for (Map.Entry<String, List<Events>> kind :
                Recorded.rounds(DrillRounds.FAULTS, runs, progress).entrySet()) {
            List<OwnShare> shares = kind.getValue().stream()
                    .filter(events -> isWhole(kind.getKey(), events, progress))
                    .map(OwnShare::of)
                    .toList();
            if (!shares.isEmpty()) {
                all.addAll(shares);
                String name = "`" + kind.getKey() + "`";
                rows.accept(plain(name + ": inject to proven effect", shares, OwnShare::injected));
                rows.accept(goal("… own share", shares, OwnShare::injecting));
                rows.accept(plain(name + ": undo to proven recovery", shares, OwnShare::recovered));
                rows.accept(goal("… own share", shares, OwnShare::recovering));
            }
        }
        if (!all.isEmpty()) {
            rows.accept(goal("all kinds: own share of an injection", all, OwnShare::injecting));
            rows.accept(goal("all kinds: own share of an undo", all, OwnShare::recovering));
        }
    }

    private static boolean isWhole(String kind, Events events, Consumer<String> progress) {
        boolean whole = events.last(EventType.FAULT_PROVEN).isPresent()
                && events.provenRecovery().isPresent();
        if (!whole) {
            progress.accept(kind + ": a run without proof of effect or recovery is left out");
        }
        return whole;
    }

    private static Row plain(String what, List<OwnShare> shares, Function<OwnShare, Duration> part) {
        return Row.plain(what, Unit.MILLISECONDS, series(shares, part));
    }

    private static Row goal(String what, List<OwnShare> shares, Function<OwnShare, Duration> part) {
        return new Row(what, Unit.MILLISECONDS, series(shares, part), Goal.atMost(GOAL_MILLIS));
    }

    private static Series series(List<OwnShare> shares, Function<OwnShare, Duration> part) {
        return Series.of(shares.stream()
                .map(share -> part.apply(share).toNanos() / NANOS_PER_MILLI)
                .toList());
    }
}
