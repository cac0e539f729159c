package dev.firedrill.harness.probe;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Journals of one probe that looks every 100 ms, written by hand. */
final class Samples {
    static final Instant START = Instant.parse("2024-06-03T22:36:00Z");
    static final Duration INTERVAL = Duration.ofMillis(100);
    static final ProbeSpec PROBE = ProbeSpec.outside("public")
            .service("ingress", 8080)
            .host("api.example.com")
            .path("/v1/status")
            .every(INTERVAL)
            .timeout(Duration.ofSeconds(1))
            .build();

    private final List<TimelineEvent> events = new ArrayList<>();

    /** A mark in the journal, at so many milliseconds. */
    Samples step(String name, long atMillis) {
        return add(EventType.STEP_FINISHED, atMillis, Duration.ZERO, Map.of("step", name));
    }

    /** One sample per letter, from a moment on: {@code o}k, {@code f}ailed, {@code m}issed, {@code .} for none. */
    Samples from(long atMillis, String outcomes) {
        return from(atMillis, outcomes, Duration.ZERO);
    }

    Samples from(long atMillis, String outcomes, Duration bound) {
        for (int i = 0; i < outcomes.length(); i++) {
            long intended = atMillis + i * INTERVAL.toMillis();
            switch (outcomes.charAt(i)) {
                case 'o' -> sample(intended, bound, "ok", "");
                case 'f' -> sample(intended, bound, "failed", "HTTP 503 instead of 200");
                case 'm' -> sample(intended, bound, "missed", "the prober was too late for this tick: 250 ms late");
                default -> {}
            }
        }
        return this;
    }

    private void sample(long intended, Duration bound, String outcome, String detail) {
        add(
                EventType.PROBE_SAMPLE,
                intended + 5,
                bound,
                Map.of(
                        "probe",
                        "public",
                        "vantage",
                        "outside",
                        "outcome",
                        outcome,
                        "latencyMs",
                        5,
                        "intendedAt",
                        START.plusMillis(intended).toString(),
                        "detail",
                        detail));
    }

    private Samples add(String type, long atMillis, Duration bound, Map<String, Object> data) {
        events.add(new TimelineEvent(
                events.size() + 1L,
                type,
                "drill",
                "test",
                START.plusMillis(atMillis),
                Duration.ofMillis(atMillis),
                bound,
                data));
        return this;
    }

    List<TimelineEvent> events() {
        return List.copyOf(events);
    }
}
