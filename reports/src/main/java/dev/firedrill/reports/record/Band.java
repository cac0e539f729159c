package dev.firedrill.reports.record;

import java.time.Duration;
import java.util.Map;

/**
 * One stretch of time and how many things of each kind fell into it.
 *
 * @param counts the kinds that occurred
 */
public record Band<E extends Enum<E>>(Duration from, Duration to, Map<E, Integer> counts) {
    public Band {
        counts = Map.copyOf(counts);
    }

    /** How many of a kind. */
    public int count(E kind) {
        return counts.getOrDefault(kind, 0);
    }
}
