package dev.firedrill.harness.alert;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Which alerts are meant: a name, and labels that must be carried; others may be carried too.
 *
 * <pre>{@code
 * AlertMatch.named("InternalRouteDown").withLabel("edge", "dashboard->api:8080")
 * }</pre>
 *
 * @param alert the label {@code alertname}; empty for any
 * @param labels further labels with their values
 */
public record AlertMatch(String alert, Map<String, String> labels) {
    public AlertMatch {
        Objects.requireNonNull(alert, "alert");
        labels = Map.copyOf(labels);
    }

    /** Every alert. */
    public static AlertMatch any() {
        return new AlertMatch("", Map.of());
    }

    /** Alerts of this name. */
    public static AlertMatch named(String alert) {
        return new AlertMatch(alert, Map.of());
    }

    /** Of these, the ones that carry a label as well. */
    public AlertMatch withLabel(String label, String value) {
        Map<String, String> more = new TreeMap<>(labels);
        more.put(label, value);
        return new AlertMatch(alert, more);
    }

    /** Whether an alert is meant. */
    public boolean matches(ReceivedAlert received) {
        return (alert.isEmpty() || alert.equals(received.alert()))
                && received.labels().entrySet().containsAll(labels.entrySet());
    }

    /** For messages: {@code "alert 'BacklogOld' {severity=page}"}. */
    public String description() {
        return (alert.isEmpty() ? "any alert" : "alert '" + alert + "'")
                + (labels.isEmpty() ? "" : " " + new TreeMap<>(labels));
    }
}
