package dev.firedrill.harness.resync;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the events of a history by hand, one second apart. */
final class HistoryBuilder {
    private final List<TimelineEvent> events = new ArrayList<>();
    private int operations;
    private long entries;

    /** The source accepts a change; its value is {@code <key>-<version>}. */
    HistoryBuilder accept(String window, String key, long version, String change) {
        return operation(window, key, key + "-" + version, "ok", Map.of("change", change, "version", version));
    }

    HistoryBuilder acceptDeletion(String window, String key, long version, String change) {
        return operation(window, key, null, "ok", Map.of("change", change, "version", version));
    }

    HistoryBuilder refuse(String window, String key, String value) {
        return operation(window, key, value, "fail", Map.of("detail", "409"));
    }

    HistoryBuilder unknown(String window, String key, @Nullable String value) {
        return operation(window, key, value, "info", Map.of("detail", "timed out"));
    }

    private HistoryBuilder operation(
            String window, String key, @Nullable String value, String phase, Map<String, Object> details) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("operation", ++operations);
        data.put("process", "editor-1");
        data.put("window", window);
        data.put("key", key);
        data.put("action", value == null ? "delete" : "set");
        if (value != null) {
            data.put("value", value);
        }
        data.put("phase", "invoke");
        add(EventType.WORK_OPERATION, data);
        Map<String, Object> answered = new LinkedHashMap<>(data);
        answered.put("phase", phase);
        answered.putAll(details);
        return add(EventType.WORK_OPERATION, answered);
    }

    HistoryBuilder apply(String key, long version, String change) {
        return log(key, version, change, "applied", key + "-" + version);
    }

    HistoryBuilder log(String key, long version, String change, String action, @Nullable String value) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("change", change);
        data.put("key", key);
        data.put("version", version);
        data.put("targetSequence", ++entries);
        data.put("action", action);
        if (value != null) {
            data.put("value", value);
        }
        return add(EventType.WORK_APPLIED, data);
    }

    HistoryBuilder serve(String key, long version) {
        return add(
                EventType.WORK_CONTENT,
                Map.of("key", key, "present", true, "version", version, "value", key + "-" + version));
    }

    HistoryBuilder serve(String key, long version, String value) {
        return add(EventType.WORK_CONTENT, Map.of("key", key, "present", true, "version", version, "value", value));
    }

    HistoryBuilder serveNothing(String key) {
        return add(EventType.WORK_CONTENT, Map.of("key", key, "present", false));
    }

    HistoryBuilder look() {
        return add(EventType.WORK_OBSERVED, Map.of("looks", 1, "cursor", entries, "ok", true));
    }

    HistoryBuilder failedLook(String detail) {
        return add(EventType.WORK_OBSERVED, Map.of("looks", 1, "cursor", entries, "ok", false, "detail", detail));
    }

    HistoryBuilder asked(String method, String url, String... changes) {
        return add(
                EventType.REQUEST_ANSWERED,
                Map.of("method", method, "url", url, "status", 200, "changes", List.of(changes)));
    }

    HistoryBuilder step(String step) {
        return add(EventType.STEP_FINISHED, Map.of("step", step));
    }

    private HistoryBuilder add(String type, Map<String, Object> data) {
        int number = events.size() + 1;
        events.add(new TimelineEvent(
                number,
                type,
                "drill",
                "harness",
                Instant.parse("2024-06-03T00:00:00Z").plusSeconds(number),
                Duration.ofSeconds(number),
                Duration.ZERO,
                data));
        return this;
    }

    List<TimelineEvent> events() {
        return List.copyOf(events);
    }

    /** What a correct system does with edits of 'welcome' before, during and after an outage, and of 'digest' in it. */
    static HistoryBuilder correct() {
        return new HistoryBuilder()
                .serve("welcome", 1)
                .serve("digest", 1)
                .accept("before", "welcome", 2, "c-1")
                .apply("welcome", 2, "c-1")
                .serve("welcome", 2)
                .accept("during", "welcome", 3, "c-2")
                .accept("during", "digest", 2, "c-3")
                .accept("after", "welcome", 4, "c-4")
                .apply("welcome", 4, "c-4")
                .serve("welcome", 4)
                .log("welcome", 3, "c-2", "stale", "welcome-3")
                .apply("digest", 2, "c-3")
                .serve("digest", 2)
                .look();
    }

    /** One key, edited in each window, each applied at once. */
    static HistoryBuilder edited(String... windows) {
        HistoryBuilder history = new HistoryBuilder().serve("welcome", 1);
        long version = 1;
        for (String window : windows) {
            version++;
            history.accept(window, "welcome", version, "c-" + version)
                    .apply("welcome", version, "c-" + version)
                    .serve("welcome", version);
        }
        return history;
    }
}
