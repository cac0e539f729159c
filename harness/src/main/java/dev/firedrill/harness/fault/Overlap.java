package dev.firedrill.harness.fault;

import java.util.List;
import java.util.Optional;

/** Whether one plan changes what another has changed: the earlier cannot be put back while the later is there. */
final class Overlap {
    private Overlap() {}

    /** What both change, for people; empty if each can be put back alone. */
    static Optional<String> of(List<Change> upper, List<Change> lower) {
        for (Change above : upper) {
            for (Change below : lower) {
                if (above.target().equals(below.target()) && isShared(above, below)) {
                    return Optional.of(
                            below instanceof FieldChange field
                                    ? below.target() + " " + field.pointer()
                                    : below.target().toString());
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isShared(Change above, Change below) {
        if (above instanceof FieldChange upper && below instanceof FieldChange lower) {
            return isWithin(upper.pointer(), lower.pointer()) || isWithin(lower.pointer(), upper.pointer());
        }
        return above instanceof ObjectDeletion || (above instanceof FieldChange && below instanceof ObjectCreation);
    }

    private static boolean isWithin(String inner, String outer) {
        return inner.equals(outer) || inner.startsWith(outer + "/");
    }
}
