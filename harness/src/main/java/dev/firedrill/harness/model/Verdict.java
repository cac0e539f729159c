package dev.firedrill.harness.model;

import java.util.Collection;
import java.util.Comparator;

/** The outcome of an expectation, a drill or a run. Of several, the worst wins: one failure makes a run fail. */
public enum Verdict {
    /** What was demanded was observed. */
    PASS(0),
    /** Nothing can be said: too few samples, an unproven fault, a checker that crashed. A build that gets it is red. */
    INCONCLUSIVE(3),
    /** What was demanded did not hold. */
    FAIL(1);

    private final int exitStatus;

    Verdict(int exitStatus) {
        this.exitStatus = exitStatus;
    }

    /** The exit status of a command line that ends with this verdict. */
    public int exitStatus() {
        return exitStatus;
    }

    /** The worse of this and another verdict. */
    public Verdict and(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The worst of several; of none at all, {@link #INCONCLUSIVE}, since nothing was judged. */
    public static Verdict worst(Collection<Verdict> verdicts) {
        return verdicts.stream().max(Comparator.naturalOrder()).orElse(INCONCLUSIVE);
    }
}
