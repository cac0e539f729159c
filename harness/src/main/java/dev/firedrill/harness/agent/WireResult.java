package dev.firedrill.harness.agent;

import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * What one connection was like, in milliseconds from its beginning.
 *
 * @param end {@code closed}, {@code reset}, {@code silent} if nothing came for the timeout, or {@code refused} if it
 *     could not be opened
 * @param bytes how many came
 * @param pieces in how many reads
 * @param firstMillis when the first came; 0 if none did
 * @param lastMillis when the last came; 0 if none did
 * @param endMillis when it ended
 */
public record WireResult(String end, long bytes, int pieces, double firstMillis, double lastMillis, double endMillis) {
    public WireResult {
        Objects.requireNonNull(end, "end");
    }

    /** Whether anything came. */
    public boolean answered() {
        return bytes > 0;
    }

    static WireResult from(JsonNode message) {
        return new WireResult(
                message.path("end").asString(),
                message.path("bytes").asLong(),
                message.path("pieces").asInt(),
                message.path("firstMs").asDouble(),
                message.path("lastMs").asDouble(),
                message.path("endMs").asDouble());
    }
}
