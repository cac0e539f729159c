package dev.firedrill.benchmarks.measure;

import java.util.Locale;

/**
 * What a series is to reach.
 *
 * @param bound on which side of the limit it must stay
 * @param statistic which of its numbers is compared
 * @param limit in the unit of the series
 */
public record Goal(Bound bound, Statistic statistic, double limit) {
    /** On which side of the limit a series must stay. */
    public enum Bound {
        AT_MOST,
        AT_LEAST
    }

    /** Which number of a series is compared with the limit. */
    public enum Statistic {
        MEDIAN,
        WORST
    }

    /** The median must not exceed a limit. */
    public static Goal atMost(double limit) {
        return new Goal(Bound.AT_MOST, Statistic.MEDIAN, limit);
    }

    /** The median must reach a limit. */
    public static Goal atLeast(double limit) {
        return new Goal(Bound.AT_LEAST, Statistic.MEDIAN, limit);
    }

    /** No run may exceed a limit. */
    public static Goal never(double limit) {
        return new Goal(Bound.AT_MOST, Statistic.WORST, limit);
    }

    public boolean metBy(Series series) {
        return bound == Bound.AT_MOST ? judged(series) <= limit : judged(series) >= limit;
    }

    private double judged(Series series) {
        if (statistic == Statistic.MEDIAN) {
            return series.median();
        }
        return bound == Bound.AT_MOST ? series.max() : series.min();
    }

    /** For people: {@code ≤ 3 s}. */
    public String text(Unit unit) {
        String number = unit.text(limit).replaceFirst("\\.0+(?=\\D)", "");
        String comparison = bound == Bound.AT_MOST ? "≤ " : "≥ ";
        return String.format(Locale.ROOT, "%s%s%s", comparison, number, statistic == Statistic.WORST ? " always" : "");
    }
}
