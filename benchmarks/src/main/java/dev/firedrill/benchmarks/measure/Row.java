package dev.firedrill.benchmarks.measure;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param what was measured, in a few words
 * @param unit of its series and its goal
 * @param goalOrNull what is to be reached; null for a line that only explains another
 */
public record Row(
        String what, Unit unit, Series series, @Nullable Goal goalOrNull) {
    /** A line that only explains. */
    public static Row plain(String what, Unit unit, Series series) {
        return new Row(what, unit, series, null);
    }

    public Optional<Goal> goal() {
        return Optional.ofNullable(goalOrNull);
    }

    /** Whether the goal, if there is one, is reached. */
    public boolean met() {
        return goal().map(goal -> goal.metBy(series)).orElse(true);
    }

    String markdown() {
        String goalText = goal().map(goal -> goal.text(unit)).orElse("");
        String result = goal().isEmpty() ? "" : met() ? "met" : "**missed**";
        return "| " + what + " | " + goalText + " | " + unit.text(series.median()) + " | " + unit.text(series.min())
                + " | " + unit.text(series.max()) + " | " + series.count() + " | " + result + " |";
    }
}
