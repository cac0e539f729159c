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
 * @param label a short sentence for people, who see the step that it belongs to; empty if the check's own will do
 * @param step the step that it belongs to; empty if that is the one in which it is judged
 */
public record Expectation(Check check, Duration patience, String label, String step) {
    public Expectation {
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(step, "step");
        if (patience.isNegative()) {
            throw new IllegalArgumentException("patience must not be negative: " + patience);
        }
    }

    /** Judged at once: what has been seen so far decides. */
    public static Expectation now(Check check) {
        return within(Duration.ZERO, check);
    }

    /** Judged as soon as it passes, and at the latest after this time. */
    public static Expectation within(Duration patience, Check check) {
        return new Expectation(check, patience, "", "");
    }

    /** The same, called by a short sentence: {@code "nobody is paged"}. */
    public Expectation called(String sentence) {
        return new Expectation(check, patience, sentence, step);
    }

    /** The same, belonging to a step, whenever it is judged. */
    public Expectation of(String stepId) {
        return new Expectation(check, patience, label, stepId);
    }
}
