package dev.firedrill.harness.alert;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A rule by which a system pages: what its alert is called and which labels it carries. Whoever waits for an alert that
 * no rule sends waits in vain, and whoever demands its silence is always right.
 *
 * <pre>{@code
 * new AlertRule("OrdersDown", Map.of("severity", "page", "instance", ""))
 * }</pre>
 *
 * @param name the label {@code alertname}
 * @param labels its other labels; an empty value stands for any
 */
public record AlertRule(String name, Map<String, String> labels) {
    public AlertRule {
        Objects.requireNonNull(name, "name");
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** Whether its alerts can carry a label with this value. */
    public boolean carries(String label, String value) {
        String own = label.equals("alertname") ? name : labels.get(label);
        return own != null && (own.isEmpty() || own.equals(value));
    }
}
