package dev.firedrill.harness.fault;

import java.util.List;
import java.util.Objects;

/**
 * What a fault will change, in order.
 *
 * @param changes the changes, each with what it replaces
 * @param blastRadius what the changes reach, in one sentence for people
 */
public record FaultPlan(List<Change> changes, String blastRadius) {
    public FaultPlan {
        changes = List.copyOf(changes);
        Objects.requireNonNull(blastRadius, "blastRadius");
    }
}
