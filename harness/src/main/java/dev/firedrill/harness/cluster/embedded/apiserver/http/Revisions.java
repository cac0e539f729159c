package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

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
            throw StatusException.badRequest("invalid resource version: resourceVersion: Invalid value: \"" + text
                    + "\": strconv.ParseUint: parsing \"" + text + "\": invalid syntax");
        }
        return Long.parseLong(text);
    }

    /**
     * @throws StatusException (504) if that revision has not been reached
     */
    static void checkReached(long asked, long current) {
        if (asked > current) {
            ObjectNode details = Json.object();
            details.putArray("causes")
                    .addObject()
                    .put("reason", "ResourceVersionTooLarge")
                    .put("message", "Too large resource version");
            details.put("retryAfterSeconds", 1);
            String message = "Timeout: Too large resource version: %d, current: %d".formatted(asked, current);
            throw new StatusException(504, "Timeout", message, details);
        }
    }
}
