package dev.firedrill.harness.fault;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One fault that has been injected and not yet undone.
 *
 * @param id names its undo
 * @param name what the drill calls it
 * @param fault what was injected
 * @param phase what for
 * @param plan what was changed
 * @param evidenceOrNull what proved its effect, null if nothing did in time
 * @param troubleOrNull how its proof failed itself when asked last, to be put after a message; null if it did not
 */
public record Injection(
        String id,
        String name,
        Fault fault,
        InjectionPhase phase,
        FaultPlan plan,
        @Nullable String evidenceOrNull,
        @Nullable String troubleOrNull) {
    public Optional<String> evidence() {
        return Optional.ofNullable(evidenceOrNull);
    }

    /** Whether both change the same field: the one below cannot be put back while this one is there. */
    public boolean liesOn(Injection below) {
        return Overlap.of(plan.changes(), below.plan().changes()).isPresent();
    }

    public Optional<String> trouble() {
        return Optional.ofNullable(troubleOrNull);
    }
}
