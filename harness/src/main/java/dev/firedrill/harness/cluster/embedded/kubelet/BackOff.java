package dev.firedrill.harness.cluster.embedded.kubelet;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a container waits before it is started again: the first restart is immediate, then the wait doubles from
 * {@code base} to {@code max}, and is forgotten after twice {@code max} without a failure.
 *
 * <p>Moments are durations since any fixed point of a monotonic clock.
 *
 * <p>Source: Kubernetes, "Pod Lifecycle", how Pods handle problems with containers (10 s doubling to 5 min, reset after
 * 10 min of running).
 */
final class BackOff {
    private final Duration base;
    private final Duration max;
    private Duration wait = Duration.ZERO;
    private Duration lastStart = Duration.ZERO;

    BackOff(Duration base, Duration max) {
        this.base = base;
        this.max = max;
    }

    /** What is left to wait at {@code now} for a container that ended at {@code ended}; empty if it may start. */
    Optional<Duration> remaining(Duration ended, Duration now) {
        if (wait.isZero() || forgotten(ended)) {
            return Optional.empty();
        }
        Duration left = wait.minus(now.minus(ended));
        return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(left);
    }

    /** Notes a restart at {@code now}, after an end at {@code ended}: the next one will wait longer. */
    void restarted(Duration ended, Duration now) {
        if (wait.isZero() || forgotten(ended)) {
            wait = base;
        } else {
            wait = wait.multipliedBy(2).compareTo(max) > 0 ? max : wait.multipliedBy(2);
        }
        lastStart = now;
    }

    /** Starts over, as for another program. */
    void forget() {
        wait = Duration.ZERO;
    }

    /** The whole wait that applies to the next restart. */
    Duration current() {
        return wait;
    }

    private boolean forgotten(Duration ended) {
        return ended.minus(lastStart).compareTo(max.multipliedBy(2)) > 0;
    }
}
