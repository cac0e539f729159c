package dev.firedrill.harness.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts changes back, last first, whether or not they were ever made. A field is restored only if it still holds what
 * the fault wrote; whatever somebody else has changed since is left alone and named.
 */
final class Restoration {
    private final ObjectFields objects;
    private final MadeObjects made;
    private boolean written;

    Restoration(ObjectFields objects, MadeObjects made) {
        this.objects = objects;
        this.made = made;
    }

    /** The conflicts that were left alone, one line each. */
    List<String> undo(List<Change> changes, CrashPoint.Listener listener) {
        List<String> conflicts = new ArrayList<>();
        for (int i = changes.size(); i >= 1; i--) {
            changes.get(i - 1)
                    .fold(new Change.Cases<>(
                            this::field, this::object, pod -> Optional.<String>empty(), this::creation, this::toxic))
                    .ifPresent(conflicts::add);
            listener.reached(CrashPoint.putBack(i, changes.size()));
        }
        return conflicts;
    }

    /** Whether anything had to be written: nothing had if all was as before already. */
    boolean hasWritten() {
        return written;
    }

    private Optional<String> field(FieldChange change) {
        ObjectFields.Outcome outcome = objects.write(change.reversed());
        written |= outcome == ObjectFields.Outcome.WRITTEN;
        if (outcome.holds()) {
            written |= objects.renew(change);
        }
        return switch (outcome) {
            case WRITTEN, ALREADY -> Optional.empty();
            case CONFLICT ->
                Optional.of(change.target() + " " + change.pointer()
                        + " was changed by somebody else since; it was left alone");
            case GONE -> Optional.of(change.target() + " is gone; nothing to put back");
        };
    }

    private Optional<String> object(ObjectDeletion deletion) {
        ObjectFields.Outcome outcome = objects.restore(deletion);
        written |= outcome == ObjectFields.Outcome.WRITTEN;
        return outcome == ObjectFields.Outcome.CONFLICT
                ? Optional.of(deletion.target() + " was made anew by somebody else since; it was left alone")
                : Optional.empty();
    }

    private Optional<String> creation(ObjectCreation creation) {
        ObjectFields.Outcome outcome = made.remove(creation);
        written |= outcome == ObjectFields.Outcome.WRITTEN;
        return outcome == ObjectFields.Outcome.CONFLICT
                ? Optional.of(creation.target() + " was made by somebody else; it was left alone")
                : Optional.empty();
    }

    private Optional<String> toxic(ToxicChange change) {
        written |= made.toxiproxy(change).remove(change) == ObjectFields.Outcome.WRITTEN;
        return Optional.empty();
    }
}
