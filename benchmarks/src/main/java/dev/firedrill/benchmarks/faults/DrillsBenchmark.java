package dev.firedrill.benchmarks.faults;

import dev.firedrill.benchmarks.measure.Benchmark;
import dev.firedrill.benchmarks.measure.Goal;
import dev.firedrill.benchmarks.measure.Row;
import dev.firedrill.benchmarks.measure.Series;
import dev.firedrill.benchmarks.measure.Unit;
import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.model.EventType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** The time of whole drills, beside the sum of the waits that their settings and their system make unavoidable. */
public final class DrillsBenchmark implements Benchmark {
    private static final double GOAL_RATIO = 1.1;
    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public void measure(int runs, Consumer<Row> rows, Consumer<String> progress) {
        Map<String, List<Events>> recorded = Recorded.rounds(DrillRounds.DRILLS, runs, progress);
        for (Drill drill : MeasuredDrills.whole()) {
            List<Events> rounds = recorded.getOrDefault(drill.name(), List.of());
            String name = "`" + drill.name() + "`";
            rows.accept(Row.plain(name + ": drill", Unit.SECONDS, series(rounds, events -> seconds(wall(events)))));
            rows.accept(Row.plain(
                    "… unavoidable waits",
                    Unit.SECONDS,
                    series(rounds, events -> seconds(Unavoidable.of(drill, events)))));
            rows.accept(new Row(
                    "… drill ÷ unavoidable waits",
                    Unit.RATIO,
                    series(rounds, events -> seconds(wall(events)) / seconds(Unavoidable.of(drill, events))),
                    Goal.atMost(GOAL_RATIO)));
        }
    }

    private static Duration wall(Events events) {
        return events.require(EventType.DRILL_FINISHED)
                .received()
                .minus(events.require(EventType.DRILL_STARTED).received());
    }

    private static Series series(List<Events> rounds, Function<Events, Double> value) {
        return Series.of(rounds.stream().map(value).toList());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }
}
