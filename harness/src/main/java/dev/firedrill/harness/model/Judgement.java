package dev.firedrill.harness.model;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on one expectation, with what it rests on.
 *
 * @param expectation the sentence that was judged, as its author wrote it
 * @param kind effect or invariant
 * @param verdict the outcome
 * @param reason one sentence: what was expected, what came, where it was read, and what to do
 * @param evidence what was seen, one line each, oldest first; may be empty
 * @param deadlineOrNull the time allowed, if the expectation has one
 * @param tookOrNull the time it took, if it was met and has a deadline
 */
public record Judgement(
        String expectation,
        ExpectationKind kind,
        Verdict verdict,
        String reason,
        List<String> evidence,
        @Nullable Duration deadlineOrNull,
        @Nullable Duration tookOrNull) {
    /** Below this share of the deadline left, a pass is marked as close. */
    public static final double CLOSE_MARGIN = 0.2;

    public Judgement {
        Objects.requireNonNull(expectation, "expectation");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(reason, "reason");
        evidence = List.copyOf(evidence);
    }

    public Optional<Duration> deadline() {
        return Optional.ofNullable(deadlineOrNull);
    }

    public Optional<Duration> took() {
        return Optional.ofNullable(tookOrNull);
    }

    /** The share of the deadline that was left, 0 to 1; negative when it was missed; empty without a deadline. */
    public Optional<Double> margin() {
        if (deadlineOrNull == null || tookOrNull == null || deadlineOrNull.isZero()) {
            return Optional.empty();
        }
        Duration left = deadlineOrNull.minus(tookOrNull);
        return Optional.of((double) left.toNanos() / deadlineOrNull.toNanos());
    }

    /** Whether a pass left less than {@link #CLOSE_MARGIN} of its deadline. */
    public boolean isClose() {
        return verdict == Verdict.PASS
                && margin().filter(left -> left < CLOSE_MARGIN).isPresent();
    }
}
