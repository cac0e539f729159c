package dev.firedrill.harness.drill;

import dev.firedrill.harness.model.Check;
import java.time.Duration;
import java.util.Objects;

/**
 * One demand of a drill: what judges it, and how long it is worth waiting.
 *
 * @param check judges from the journal alone
 * @param patience how long to wait, from the step that demands it, for the check to pass; zero to judge at once. A
 *     check with a deadline of its own still judges by that deadline
 */
public record Expectation(Check check, Duration patience) {
    public Expectation {
        Objects.requireNonNull(check, "check");
        if (patience.isNegative()) {
            throw new IllegalArgumentException("patience must not be negative: " + patience);
        }
    }

    /** Judged at once: what has been seen so far decides. */
    public static Expectation now(Check check) {
        return new Expectation(check, Duration.ZERO);
    }

    /** Judged as soon as it passes, and at the latest after this time. */
    public static Expectation within(Duration patience, Check check) {
        return new Expectation(check, patience);
    }
}
