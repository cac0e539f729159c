package dev.firedrill.harness.cluster.embedded;

import java.time.Duration;
import java.util.Objects;

/**
 * What can be set on an embedded cluster.
 *
 * @param backOffBase the first wait before a failing container is restarted once more; Kubernetes: 10 s
 * @param backOffMax the longest such wait; Kubernetes: 5 min
 */
public record EmbeddedOptions(Duration backOffBase, Duration backOffMax) {
    public EmbeddedOptions {
        Objects.requireNonNull(backOffBase, "backOffBase");
        if (backOffBase.isNegative() || backOffBase.isZero() || backOffMax.compareTo(backOffBase) < 0) {
            throw new IllegalArgumentException(
                    "back-off must be positive and not shrink: " + backOffBase + " to " + backOffMax);
        }
    }

    /** As a Kubernetes node has it. */
    public static EmbeddedOptions defaults() {
        return new EmbeddedOptions(Duration.ofSeconds(10), Duration.ofMinutes(5));
    }

    /** With another curve of waits, for drills that cannot wait as long. */
    public EmbeddedOptions withBackOff(Duration base, Duration max) {
        return new EmbeddedOptions(base, max);
    }
}
