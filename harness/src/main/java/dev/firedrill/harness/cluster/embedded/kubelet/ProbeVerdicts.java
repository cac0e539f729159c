package dev.firedrill.harness.cluster.embedded.kubelet;

import io.fabric8.kubernetes.api.model.Probe;
import java.util.Optional;

/**
 * Turns a row of single results of a probe into a decision: only {@code successThreshold} successes, or
 * {@code failureThreshold} failures, in a row change it.
 *
 * <p>Source: Kubernetes, "Configure Liveness, Readiness and Startup Probes".
 */
final class ProbeVerdicts {
    private static final int DEFAULT_FAILURES = 3;

    private final int successes;
    private final int failures;
    private int inARow;
    private boolean last;

    ProbeVerdicts(Probe probe) {
        successes = probe.getSuccessThreshold() == null ? 1 : Math.max(1, probe.getSuccessThreshold());
        failures = probe.getFailureThreshold() == null ? DEFAULT_FAILURES : Math.max(1, probe.getFailureThreshold());
    }

    /** Adds one result; answers the decision if a threshold is reached by it, or was before. */
    Optional<Boolean> add(boolean success) {
        inARow = success == last ? inARow + 1 : 1;
        last = success;
        return inARow >= (success ? successes : failures) ? Optional.of(success) : Optional.empty();
    }
}
