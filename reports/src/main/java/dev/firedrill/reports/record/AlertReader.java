package dev.firedrill.reports.record;

import dev.firedrill.harness.model.TimelineEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers what the pager received into alerts: the firing, its repetitions and the resolution are one. */
final class AlertReader {
    private static final int KEPT = 500;

    private final Map<String, Building> alerts = new LinkedHashMap<>();
    private final Chronology chronology;

    AlertReader(Chronology chronology) {
        this.chronology = chronology;
    }

    private static final class Building {
        private final String name;
        private boolean canary;
        private Map<String, String> labels = Map.of();
        private Map<String, String> annotations = Map.of();
        private @Nullable Duration pending;
        private @Nullable Duration firing;
        private @Nullable Duration delivered;
        private @Nullable Duration resolved;
        private @Nullable Duration allClear;
        private int deliveries;

        Building(String name) {
            this.name = name;
        }

        AlertRecord result() {
            return new AlertRecord(
                    name, canary, labels, annotations, pending, firing, delivered, resolved, allClear, deliveries);
        }
    }

    void accept(TimelineEvent event) {
        Details details = Details.of(event);
        String key = details.text("alert") + '\n' + details.labels("labels") + '\n' + details.text("startsAt");
        if (!alerts.containsKey(key) && alerts.size() >= KEPT) {
            return;
        }
        Building alert = alerts.computeIfAbsent(key, unseen -> new Building(details.text("alert")));
        alert.deliveries++;
        alert.canary |= details.isTrue("canary");
        alert.labels = details.labels("labels");
        alert.annotations = details.labels("annotations");
        alert.pending = first(alert.pending, moment(details, "pendingAt", event));
        alert.firing = first(alert.firing, moment(details, "startsAt", event));
        Duration received = moment(details, "receivedAt", event);
        received = received == null ? chronology.of(event) : received;
        if ("resolved".equals(details.text("status"))) {
            Duration ended = moment(details, "endsAt", event);
            alert.resolved = first(alert.resolved, ended == null ? received : ended);
            alert.allClear = first(alert.allClear, received);
        } else {
            alert.delivered = first(alert.delivered, received);
        }
    }

    private @Nullable Duration moment(Details details, String key, TimelineEvent event) {
        return details.instant(key).map(at -> chronology.of(at, event)).orElse(null);
    }

    private static @Nullable Duration first(@Nullable Duration earlier, @Nullable Duration later) {
        return earlier == null ? later : earlier;
    }

    List<AlertRecord> result() {
        List<AlertRecord> result = new ArrayList<>();
        alerts.values().forEach(alert -> result.add(alert.result()));
        return result;
    }
}
