package dev.firedrill.harness.agent;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A notification as Alertmanager sends it.
 *
 * <p>Source: Alertmanager, {@code webhook_config}, version 4. Times are RFC 3339 with any offset and up to nine
 * decimals; the year 1 means none.
 *
 * @param items one per alert, without their places
 * @param truncated how many alerts were left out by the sender
 */
record Notification(List<InboxItem> items, long truncated) {
    private static final String VERSION = "4";
    private static final Set<String> STATUSES = Set.of("firing", "resolved");
    private static final Instant NEVER = Instant.parse("0001-01-02T00:00:00Z");

    /**
     * Reads a webhook's body.
     *
     * @throws Wire.WireException if it is none, or of another version
     */
    static Notification read(String body, Instant now) {
        JsonNode message = Wire.readObject(body);
        String version = message.path("version").asString("(none)");
        if (!version.equals(VERSION)) {
            throw new Wire.WireException(
                    "a notification of version " + version + " is not known here (known: " + VERSION + ")");
        }
        if (!message.path("alerts").isArray()) {
            throw new Wire.WireException("the notification has no list of alerts");
        }
        List<InboxItem> items = new ArrayList<>();
        for (JsonNode alert : message.path("alerts")) {
            items.add(item(alert, now));
        }
        return new Notification(
                List.copyOf(items), message.path("truncatedAlerts").asLong(0));
    }

    private static InboxItem item(JsonNode alert, Instant now) {
        String status = alert.path("status").asString("(none)");
        if (!STATUSES.contains(status)) {
            throw new Wire.WireException("an alert's status is firing or resolved, not " + status);
        }
        Map<String, String> labels = Wire.texts(alert.path("labels"));
        return new InboxItem(
                0,
                now,
                status,
                labels,
                Wire.texts(alert.path("annotations")),
                time(alert, "startsAt"),
                status.equals("firing") ? "" : time(alert, "endsAt"),
                alert.path("fingerprint").asString(""));
    }

    private static String time(JsonNode alert, String key) {
        String text = alert.path(key).asString("");
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return instant.isBefore(NEVER) ? "" : instant.toString();
        } catch (DateTimeException e) {
            throw new Wire.WireException("an alert's " + key + " is not a time of RFC 3339: '" + text + "'");
        }
    }

    /** For the log: {@code "firing BacklogOld, resolved PublicApiDown"}. */
    String summary() {
        return String.join(
                ", ",
                items.stream()
                        .map(item -> item.status() + " " + item.labels().getOrDefault("alertname", "(unnamed)"))
                        .toList());
    }
}
