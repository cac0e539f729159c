package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import org.jspecify.annotations.Nullable;

/** Reads the resource version that a request names. */
final class Revisions {
    private Revisions() {}

    /**
     * The revision; -1 where none is named.
     *
     * @throws StatusException (400) if it is no number
     */
    static long parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return -1;
        }
        if (!text.matches("\\d{1,18}")) {
            throw StatusException.badRequest("Invalid value: \"" + text + "\": resourceVersion must be a number");
        }
        return Long.parseLong(text);
    }

    /**
     * @throws StatusException (504) if that revision has not been reached
     */
    static void checkReached(long asked, long current) {
        if (asked > current) {
            throw new StatusException(
                    504, "Timeout", "Too large resource version: %d, current: %d".formatted(asked, current), null);
        }
    }
}
