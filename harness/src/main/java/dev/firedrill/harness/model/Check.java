package dev.firedrill.harness.model;

import java.util.List;

/**
 * Judges one expectation from what the journal says, and from nothing else: the same events always give the same
 * judgement, during the run and years later.
 */
public interface Check {
    /** The expectation as a sentence: {@code "alert 'BacklogOld' fires within 5 s of the fault"}. */
    String expectation();

    /** Whether it must not hold without the fault, or must hold always. */
    ExpectationKind kind();

    /**
     * Judges. Too little information is {@link Verdict#INCONCLUSIVE}, never a pass.
     *
     * @param events a run's events, or one drill's, oldest first
     */
    Judgement judge(List<TimelineEvent> events);
}
