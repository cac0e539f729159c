package dev.firedrill.harness.alert;

import dev.firedrill.harness.agent.InboxItem;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One notification of one alert, as the pager's inbox got it.
 *
 * @param alert the label {@code alertname}
 * @param firing whether it says firing; otherwise it says resolved
 * @param labels all its labels; two notifications with the same labels are of the same alert
 * @param annotations its annotations
 * @param startsAt since when the alert fires, by the clock of what sent it
 * @param receivedAt when the inbox had stored it, by the agent's clock
 * @param offsetBound how far the agent's clock may be off the harness's
 * @param canary whether it belongs to the pager's canary, and so to nothing under test
 */
public record ReceivedAlert(
        String alert,
        boolean firing,
        Map<String, String> labels,
        Map<String, String> annotations,
        Instant startsAt,
        Instant receivedAt,
        Duration offsetBound,
        boolean canary) {
    /** The label, with the value {@code true}, of the alert that shows that the pager works. */
    public static final String CANARY_LABEL = "canary";

    public ReceivedAlert {
        Objects.requireNonNull(alert, "alert");
        Objects.requireNonNull(startsAt, "startsAt");
        Objects.requireNonNull(receivedAt, "receivedAt");
        Objects.requireNonNull(offsetBound, "offsetBound");
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /** What an event of the journal says; empty for an event of another type. */
    public static Optional<ReceivedAlert> from(TimelineEvent event) {
        if (!event.type().equals(EventType.ALERT_RECEIVED)) {
            return Optional.empty();
        }
        return Optional.of(new ReceivedAlert(
                event.text("alert"),
                event.text("status").equals("firing"),
                texts(event.data().get("labels")),
                texts(event.data().get("annotations")),
                event.text("startsAt").isEmpty() ? event.at() : Instant.parse(event.text("startsAt")),
                event.at(),
                event.offsetBound(),
                event.text("canary").equals("true")));
    }

    /** The data of an {@code alert.received}. */
    static Map<String, Object> data(InboxItem item) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("alert", item.labels().getOrDefault("alertname", ""));
        data.put("status", item.status());
        data.put("labels", item.labels());
        data.put("annotations", item.annotations());
        data.put("startsAt", item.startsAt());
        if (!item.endsAt().isEmpty()) {
            data.put("endsAt", item.endsAt());
        }
        if (!item.fingerprint().isEmpty()) {
            data.put("fingerprint", item.fingerprint());
        }
        data.put("cursor", item.cursor());
        data.put("receivedAt", item.receivedAt().toString());
        data.put("canary", "true".equals(item.labels().get(CANARY_LABEL)));
        return data;
    }

    private static Map<String, String> texts(@Nullable Object value) {
        Map<String, String> texts = new TreeMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, text) -> texts.put(String.valueOf(key), String.valueOf(text)));
        }
        return texts;
    }

    /** Whether it certainly fires since before a moment. */
    boolean beganBefore(Instant moment) {
        return startsAt.plus(AlertHistory.EVALUATOR_TOLERANCE).plus(offsetBound).isBefore(moment);
    }

    /** For evidence: {@code "2026-06-03T22:36:41Z firing BacklogOld {severity=page}"}. */
    public String line() {
        Map<String, String> others = new TreeMap<>(labels);
        others.remove("alertname");
        return receivedAt + (firing ? " firing " : " resolved ") + alert + " " + others;
    }
}
