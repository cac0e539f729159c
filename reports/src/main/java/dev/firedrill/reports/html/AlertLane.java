package dev.firedrill.reports.html;

import dev.firedrill.reports.record.AlertRecord;
import dev.firedrill.reports.record.CanaryRecord;
import dev.firedrill.reports.wording.Wording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What reached the pager, from the failing check to the all-clear. */
final class AlertLane {
    private static final int ROWS = 40;

    private final Lane lane;

    AlertLane(Lane lane) {
        this.lane = lane;
    }

    void write(List<AlertRecord> alerts, List<CanaryRecord> canaries) {
        lane.heading("alerts at the pager");
        Map<String, List<AlertRecord>> rows = new LinkedHashMap<>();
        alerts.stream().filter(alert -> !alert.canary()).forEach(alert -> rows.computeIfAbsent(
                        alert.name() + alert.labels().getOrDefault("edge", ""), unseen -> new ArrayList<>())
                .add(alert));
        if (rows.isEmpty()) {
            lane.row("no alert", "0 delivered");
            lane.words(lane.axis().from(), "nothing was delivered to the pager");
        }
        rows.values().stream().limit(ROWS).forEach(this::row);
        if (!canaries.isEmpty()) {
            canaries(canaries);
        }
    }

    private void row(List<AlertRecord> alerts) {
        AlertRecord first = alerts.get(0);
        Duration delivered = first.deliveredOrNull();
        lane.row(first.name(), delivered == null ? "never delivered" : "paged " + Wording.moment(delivered));
        alerts.forEach(this::alert);
    }

    private void alert(AlertRecord alert) {
        Duration end = or(alert.resolvedOrNull(), lane.axis().to());
        Duration firing = or(alert.firingOrNull(), or(alert.deliveredOrNull(), end));
        Duration pending = alert.pendingOrNull();
        if (pending != null) {
            lane.bar("pending", pending, firing, alert.name() + ": pending");
        }
        lane.bar("firing", firing, end, alert.name() + ": firing");
        Duration delivered = alert.deliveredOrNull();
        if (delivered != null) {
            lane.sign("sign-paged", delivered, "▼", alert.name() + " delivered");
        }
        Duration allClear = alert.allClearOrNull();
        if (allClear != null) {
            lane.sign("sign-clear", allClear, "△", alert.name() + ": all-clear delivered");
        }
    }

    private void canaries(List<CanaryRecord> canaries) {
        boolean lost = canaries.stream().anyMatch(canary -> canary.stage().equals("lost"));
        long paged = canaries.stream()
                .filter(canary -> canary.stage().equals("paged"))
                .count();
        lane.row("canary: the pager hears", lost ? "lost" : paged + " heard");
        for (CanaryRecord canary : canaries) {
            switch (canary.stage()) {
                case "paged" -> lane.sign("sign-canary", canary.at(), "✓", "canary heard");
                case "lost" -> lane.sign("sign-unproven", canary.at(), "✗", "canary lost");
                default -> {
                    // asked and resolved are on the way
                }
            }
        }
    }

    private static Duration or(@Nullable Duration first, Duration second) {
        return first == null ? second : first;
    }
}
