package dev.firedrill.harness.agent;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * What came of a request from inside of the cluster.
 *
 * @param status the HTTP status; 0 if there was no answer
 * @param headers the answer's headers, with names in lower case
 * @param body the answer's body
 * @param took how long it took, until the answer or the error
 * @param error why there was no answer, in one line; empty if there was one
 */
public record FetchResult(int status, Map<String, String> headers, String body, Duration took, String error) {
    public FetchResult {
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(took, "took");
        Objects.requireNonNull(error, "error");
        headers = Map.copyOf(headers);
    }

    /** Whether any answer came, of whatever status. */
    public boolean answered() {
        return error.isEmpty();
    }

    static FetchResult from(JsonNode node) {
        return new FetchResult(
                node.path("status").asInt(0),
                Wire.texts(node.path("headers")),
                node.path("body").asString(""),
                Duration.ofNanos(Math.round(node.path("tookMs").asDouble(0) * 1e6)),
                node.path("error").asString(""));
    }
}
