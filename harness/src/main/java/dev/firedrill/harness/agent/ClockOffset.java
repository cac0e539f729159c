package dev.firedrill.harness.agent;

import java.time.Duration;
import java.util.Objects;

/**
 * How the agent's clock differs from the harness's: {@code agent = harness + offset}, give or take the bound.
 *
 * @param offset the estimate; positive if the agent is ahead
 * @param bound how wrong the estimate may be: half of the shortest round trip
 */
public record ClockOffset(Duration offset, Duration bound) {
    public ClockOffset {
        Objects.requireNonNull(offset, "offset");
        Objects.requireNonNull(bound, "bound");
    }

    /** How far a moment by the agent's clock may be off the same moment by the harness's. */
    public Duration furthest() {
        return offset.abs().plus(bound);
    }
}
