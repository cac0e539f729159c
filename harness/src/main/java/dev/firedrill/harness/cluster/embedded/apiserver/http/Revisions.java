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
        if (isNoRevision(text)) {
            throw StatusException.badRequest("invalid resource version: " + malformed(text));
        }
        return Long.parseLong(text);
    }

    /**
     * The same for a single object and for watches, of which an API server says that it is its own mistake.
     *
     * @throws StatusException (500) if it is no number
     */
    static long parseForOne(@Nullable String text) {
        if (text != null && !text.isEmpty() && isNoRevision(text)) {
            throw StatusException.mistaken(malformed(text));
        }
        return parse(text);
    }

    private static boolean isNoRevision(String text) {
        return !text.matches("\\d{1,18}");
    }

    private static String malformed(String text) {
        return "resourceVersion: Invalid value: \"" + text + "\": strconv.ParseUint: parsing \"" + text
                + "\": invalid syntax";
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
