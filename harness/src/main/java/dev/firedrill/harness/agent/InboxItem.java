package dev.firedrill.harness.agent;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One notification of one alert, as the inbox keeps it.
 *
 * @param cursor its place in the inbox; rises, with gaps
 * @param receivedAt when it was stored, by the agent's clock
 * @param status {@code firing} or {@code resolved}
 * @param labels the alert's labels
 * @param annotations the alert's annotations
 * @param startsAt since when it fires, by the sender's clock, in UTC and ISO-8601
 * @param endsAt when it ended; empty while it fires
 * @param fingerprint the sender's identifier of the alert's labels; may be empty
 */
public record InboxItem(
        long cursor,
        Instant receivedAt,
        String status,
        Map<String, String> labels,
        Map<String, String> annotations,
        String startsAt,
        String endsAt,
        String fingerprint) {
    public InboxItem {
        Objects.requireNonNull(receivedAt, "receivedAt");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(startsAt, "startsAt");
        Objects.requireNonNull(endsAt, "endsAt");
        Objects.requireNonNull(fingerprint, "fingerprint");
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    static InboxItem from(JsonNode node) {
        return new InboxItem(
                node.path("cursor").asLong(0),
                Instant.parse(node.path("receivedAt").asString()),
                node.path("status").asString(),
                Wire.texts(node.path("labels")),
                Wire.texts(node.path("annotations")),
                node.path("startsAt").asString(""),
                node.path("endsAt").asString(""),
                node.path("fingerprint").asString(""));
    }

    ObjectNode json() {
        ObjectNode node = Wire.object(Map.of());
        node.put("cursor", cursor);
        node.put("receivedAt", receivedAt.toString());
        node.put("status", status);
        node.set("labels", Wire.object(labels));
        node.set("annotations", Wire.object(annotations));
        node.put("startsAt", startsAt);
        node.put("endsAt", endsAt);
        node.put("fingerprint", fingerprint);
        return node;
    }
}
