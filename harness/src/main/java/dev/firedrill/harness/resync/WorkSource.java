package dev.firedrill.harness.resync;

import java.util.Optional;

/**
 * Where people make changes that reach the target later: the part of a system under drill that accepts work. Implement
 * it with one call of that system's own interface, with a time limit and without retry.
 */
public interface WorkSource {
    /**
     * Submits a change, once.
     *
     * @param key the thing to change
     * @param value its new value, or empty to delete it
     * @return what the system answered; {@link Submission.Unknown} whenever it may have accepted, as after a time-out.
     *     Whatever is thrown counts as unknown.
     */
    Submission submit(String key, Optional<String> value);
}
