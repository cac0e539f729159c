package dev.firedrill.harness.incident;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A figure that a replay takes and sets beside the record's. */
public sealed interface IncidentFigure {
    /** Its name, in words: {@code time to page}. */
    String name();

    /** What a reader should know; may be empty. */
    String note();

    /**
     * The time from a step to whatever of several things comes first.
     *
     * @param recordedAt the step at which it came in the record; empty if it never did
     */
    record Elapsed(String name, String from, List<End> to, Optional<String> recordedAt, String note)
            implements IncidentFigure {
        public Elapsed {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(from, "from");
            to = List.copyOf(to);
            Objects.requireNonNull(recordedAt, "recordedAt");
            Objects.requireNonNull(note, "note");
        }
    }

    /** How many accepted changes are absent from the target at a step. */
    record ChangesAbsent(String name, String at, String note) implements IncidentFigure {}

    /** What an elapsed time can end with. */
    sealed interface End {}

    /** The first page, canaries aside. */
    record FirstPage() implements End {}

    /** The target has caught up with the source for good. */
    record NoDrift() implements End {}

    /** A step begins. */
    record StepBegins(String step) implements End {}
}
