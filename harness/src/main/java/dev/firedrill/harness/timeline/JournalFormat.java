package dev.firedrill.harness.timeline;

import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.TimelineEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lines of a journal: one JSON object each, whose {@code v} is the version of this format. */
public final class JournalFormat {
    /** The version that is written; a reader refuses a later one. */
    public static final int VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<LinkedHashMap<String, Object>> DATA = new TypeReference<>() {};

    private JournalFormat() {}

    static String line(TimelineEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("v", VERSION);
        line.put("seq", event.sequence());
        line.put("type", event.type());
        if (!event.drill().isEmpty()) {
            line.put("drill", event.drill());
        }
        line.put("source", event.source());
        line.put("at", event.at().toString());
        line.put("receivedMs", event.received().toNanos() / 1e6);
        line.put("offsetBoundMs", event.offsetBound().toNanos() / 1e6);
        line.put("data", event.data());
        return JSON.writeValueAsString(line);
    }

    /**
     * Reads a journal. A last line that was cut off by a kill is left out.
     *
     * @throws ConfigurationException if the file cannot be read, a line is not of this format, or it is of a later one
     */
    public static List<TimelineEvent> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readString(file, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new ConfigurationException(file + ": cannot be read as a journal (" + e.getMessage() + ")", e);
        }
        List<TimelineEvent> events = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            try {
                events.add(event(JSON.readTree(lines.get(i)), file + ":" + (i + 1)));
            } catch (JacksonException e) {
                if (i < lines.size() - 1) {
                    throw new ConfigurationException(file + ":" + (i + 1) + ": not a line of JSON", e);
                }
            }
        }
        return List.copyOf(events);
    }

    private static TimelineEvent event(JsonNode line, String place) {
        int version = line.path("v").asInt(0);
        if (version < 1 || version > VERSION) {
            throw new ConfigurationException(
                    place + ": journal format " + version + " is not known here (known: 1 to " + VERSION + ")");
        }
        return new TimelineEvent(
                line.path("seq").asLong(),
                line.path("type").asString(),
                line.path("drill").asString(""),
                line.path("source").asString(),
                Instant.parse(line.path("at").asString()),
                millis(line.path("receivedMs").asDouble()),
                millis(line.path("offsetBoundMs").asDouble()),
                JSON.convertValue(line.path("data"), DATA));
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos(Math.round(millis * 1e6));
    }
}
