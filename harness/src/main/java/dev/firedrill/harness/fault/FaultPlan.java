package dev.firedrill.harness.fault;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a fault will change, in order.
 *
 * @param changes the changes, each with what it replaces
 * @param blastRadius what the changes reach, in one sentence for people
 * @param settling what must be asked once more when a repair is in place, so that it takes effect; for triggers
 */
public record FaultPlan(List<Change> changes, String blastRadius, Optional<Settling> settling) {
    public FaultPlan {
        changes = List.copyOf(changes);
        Objects.requireNonNull(blastRadius, "blastRadius");
        Objects.requireNonNull(settling, "settling");
    }

    /** A plan whose undo takes effect by itself. */
    public FaultPlan(List<Change> changes, String blastRadius) {
        this(changes, blastRadius, Optional.empty());
    }

    /** The only change, which must set a field: what the proofs of most faults look at. */
    public FieldChange onlyField() {
        if (changes.size() == 1 && changes.get(0) instanceof FieldChange field) {
            return field;
        }
        throw new IllegalStateException("a plan of one field was expected, not " + changes);
    }
}
