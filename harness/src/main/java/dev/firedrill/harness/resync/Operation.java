package dev.firedrill.harness.resync;

import dev.firedrill.harness.model.Durations;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change as the ledger has it.
 *
 * @param changeOrNull the source's id of it, if it was accepted
 * @param version the version it makes, if it was accepted; else 0
 * @param valueOrNull the new value; null for a deletion
 * @param completed when the source answered, or when it was asked if it never did; from the start of the run
 */
record Operation(
        String id,
        String window,
        String key,
        Outcome outcome,
        @Nullable String changeOrNull,
        long version,
        @Nullable String valueOrNull,
        Duration completed) {
    enum Outcome {
        ACCEPTED,
        REFUSED,
        UNKNOWN
    }

    boolean accepted() {
        return outcome == Outcome.ACCEPTED;
    }

    String change() {
        return changeOrNull == null ? "" : changeOrNull;
    }

    boolean deletes() {
        return valueOrNull == null;
    }

    Optional<String> value() {
        return Optional.ofNullable(valueOrNull);
    }

    /** Whether an entry of the target's log can stem from this one, of which no id is known. */
    boolean mayHaveMade(Apply entry) {
        return outcome == Outcome.UNKNOWN
                && key.equals(entry.key())
                && (entry.valueOrNull() == null || entry.valueOrNull().equals(valueOrNull));
    }

    /** The change in a sentence: {@code change 'c-7' of 'welcome' (version 3, accepted 'during' at 12.4 s)}. */
    String inWords() {
        return "change '" + change() + "' of '" + key + "' (version " + version + ", accepted '" + window + "' at "
                + Durations.words(completed) + ")";
    }
}
