package dev.firedrill.harness.alert;

import java.time.Duration;
import java.util.Objects;

/**
 * What became of a canary page.
 *
 * @param paged whether it was delivered
 * @param resolved whether its end was delivered too
 * @param took from the request until it was delivered, or until the harness gave up
 * @param reason what went wrong, and what to do; empty if nothing did
 */
public record CanaryResult(boolean paged, boolean resolved, Duration took, String reason) {
    public CanaryResult {
        Objects.requireNonNull(took, "took");
        Objects.requireNonNull(reason, "reason");
    }

    /** Whether silence of this pager means that there was nothing to say. */
    public boolean trusted() {
        return paged && resolved;
    }
}
