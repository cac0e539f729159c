package dev.firedrill.harness.cluster.embedded.traffic;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request, as it is kept in {@code requests.jsonl}; {@code {namespace}} stands for the namespace in which they are
 * made.
 *
 * @param id tells it apart
 * @param typeOrNull of the body, JSON unless given
 * @param acceptOrNull the form that is asked for, JSON unless given
 * @param leaveOutOrNull paths of the answer that depend on how fast controllers are, or in which version an event is
 *     kept
 */
record Exchange(
        String id,
        String method,
        String path,
        @JsonProperty("type") @Nullable String typeOrNull,
        @JsonProperty("accept") @Nullable String acceptOrNull,
        @JsonProperty("body") @Nullable String bodyOrNull,
        @JsonProperty("leaveOut") @Nullable List<String> leaveOutOrNull) {
    List<String> leaveOut() {
        return leaveOutOrNull == null ? List.of() : leaveOutOrNull;
    }

    String type() {
        return typeOrNull == null ? "application/json" : typeOrNull;
    }

    String accept() {
        return acceptOrNull == null ? "application/json" : acceptOrNull;
    }

    String body() {
        return bodyOrNull == null ? "" : bodyOrNull;
    }
}
