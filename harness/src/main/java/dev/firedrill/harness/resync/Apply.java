package dev.firedrill.harness.resync;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the target's log: a change that reached it, and what it did with it.
 *
 * @param sequence the target's own order, rising
 * @param change the source's id of the change
 * @param key the thing that was changed
 * @param version the version that the change makes
 * @param action what the target did
 * @param valueOrNull the new value, if the log tells it; null for a deletion too
 */
public record Apply(
        long sequence,
        String change,
        String key,
        long version,
        Action action,
        @Nullable String valueOrNull) {
    /** What a target does with a change that reaches it. */
    public enum Action {
        /** It took effect. */
        APPLIED,
        /** Left alone: it had been applied before. */
        DUPLICATE,
        /** Left alone: a newer version was there. */
        STALE;

        /** Reads the word of a log, in any case. */
        public static Action of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        /** The word of the journal. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Apply {
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(action, "action");
    }

    public Optional<String> value() {
        return Optional.ofNullable(valueOrNull);
    }

    boolean tookEffect() {
        return action == Action.APPLIED;
    }
}
