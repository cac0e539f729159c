package dev.firedrill.harness.alert;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Journals of a pager, written by hand; times are milliseconds from a start. */
final class Pages {
    static final Instant START = Instant.parse("2024-06-03T22:36:00Z");

    private final List<TimelineEvent> events = new ArrayList<>();
    private Duration bound = Duration.ZERO;

    /** From here on the agent's clock is known only to this. */
    Pages known(Duration to) {
        bound = to;
        return this;
    }

    Pages step(String name, long at) {
        return add(EventType.STEP_FINISHED, at, Duration.ZERO, Map.of("step", name));
    }

    Pages injected(String fault, long at) {
        return add(EventType.FAULT_INJECTED, at, Duration.ZERO, Map.of("fault", fault, "phase", "inject"));
    }

    /** @param at when it was over */
    Pages undone(String fault, long at, long took) {
        return add(
                EventType.FAULT_UNDONE, at, Duration.ZERO, Map.of("fault", fault, "phase", "inject", "tookMs", took));
    }

    Pages judged(String expectation, Verdict verdict, long at) {
        return add(
                EventType.EXPECTATION_JUDGED,
                at,
                Duration.ZERO,
                Map.of("text", expectation, "verdict", verdict.name()));
    }

    Pages firing(String alert, long at) {
        return firing(alert, at, at, Map.of());
    }

    Pages firing(String alert, long at, long startsAt, Map<String, String> labels) {
        return alert(alert, "firing", at, startsAt, labels);
    }

    Pages resolved(String alert, long at, long startsAt) {
        return alert(alert, "resolved", at, startsAt, Map.of());
    }

    private Pages alert(String alert, String status, long at, long startsAt, Map<String, String> labels) {
        Map<String, String> all = new HashMap<>(labels);
        all.put("alertname", alert);
        return add(
                EventType.ALERT_RECEIVED,
                at,
                bound,
                Map.of(
                        "alert",
                        alert,
                        "status",
                        status,
                        "labels",
                        all,
                        "annotations",
                        Map.of(),
                        "startsAt",
                        START.plusMillis(startsAt).toString(),
                        "canary",
                        "true".equals(labels.get("canary"))));
    }

    Pages read(long at) {
        return add(EventType.PAGER_READ, at, bound, Map.of("cursor", events.size()));
    }

    /** @param lost of the second that ends then, in milliseconds */
    Pages exhausted(long at, long lost) {
        return add(EventType.MACHINE_EXHAUSTED, at, Duration.ZERO, Map.of("lostMs", lost));
    }

    Pages lostDisk(long at) {
        return add(EventType.PAGER_READ, at, bound, Map.of("cursor", 0, "lost", true));
    }

    /** A canary that was asked for and, a little later, paged and resolved. */
    Pages canary(String id, long at) {
        return stage(id, "asked", at, "")
                .firing("PagerCanary", at + 20, at + 10, Map.of("canary", "true"))
                .stage(id, "paged", at + 20, "")
                .stage(id, "resolved", at + 40, "");
    }

    Pages lostCanary(String id, long at, String reason) {
        return stage(id, "asked", at, "").stage(id, "lost", at + 500, reason);
    }

    private Pages stage(String id, String stage, long at, String reason) {
        return add(EventType.CANARY, at, bound, Map.of("canary", id, "stage", stage, "reason", reason));
    }

    private Pages add(String type, long at, Duration offsetBound, Map<String, Object> data) {
        events.add(new TimelineEvent(
                events.size() + 1L,
                type,
                "drill",
                "test",
                START.plusMillis(at),
                Duration.ofMillis(at),
                offsetBound,
                data));
        return this;
    }

    List<TimelineEvent> events() {
        return List.copyOf(events);
    }
}
