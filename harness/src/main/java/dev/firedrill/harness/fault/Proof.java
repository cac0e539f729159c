package dev.firedrill.harness.fault;

import java.time.Duration;
import java.util.Optional;

/**
 * How the effect of a fault is seen. A proof never reads back the field that was just written, save for a planted
 * fault, which has no effect yet and is confirmed by its trigger.
 */
public interface Proof {
    /** What is looked for, for people. */
    String describe();

    /** How long the effect may take; positive. */
    Duration within();

    /**
     * Whether it only reads back what was written. That confirms a plant or an operator's change, and never proves an
     * effect.
     */
    default boolean readsBack() {
        return false;
    }

    /**
     * Keeps what the evidence is compared with, before the first change is made. Must change nothing; an exception ends
     * the injection, in which nothing was changed yet.
     */
    default void prepare(FaultScene scene, FaultPlan plan) {}

    /**
     * What was seen, in one line, or empty while the effect is not there. Called again until the time is up; an
     * exception counts as nothing seen, and is told if it was the last answer.
     */
    Optional<String> evidence(FaultScene scene, FaultPlan plan);
}
