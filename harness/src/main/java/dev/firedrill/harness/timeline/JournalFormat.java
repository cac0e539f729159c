package dev.firedrill.harness.timeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.TimelineEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
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
     * Reads a journal into memory. A last line that was cut off by a kill is left out.
     *
     * @throws ConfigurationException if the file cannot be read, a line is not of this format, or it is of a later one
     */
    public static List<TimelineEvent> read(Path file) {
        List<TimelineEvent> events = new ArrayList<>();
        open(file).forEach(events::add);
        return List.copyOf(events);
    }

    /**
     * A journal that is read from its file, line by line, each time that it is iterated; for journals too long to hold.
     * The file is closed at the end of each iteration. Iterating fails as {@link #read} does.
     */
    public static Iterable<TimelineEvent> open(Path file) {
        return () -> new Lines(file);
    }

    /** One pass over the file; it looks one line ahead, since only the last may be broken. */
    private static final class Lines implements Iterator<TimelineEvent> {
        private final Path file;
        private final BufferedReader reader;
        private @Nullable String next;
        private int number;
        private @Nullable TimelineEvent event;

        Lines(Path file) {
            this.file = file;
            try {
                // A reader made from the stream takes a character that was cut in half as a replacement character.
                this.reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8));
                this.next = reader.readLine();
            } catch (IOException e) {
                throw unreadable(file, e);
            }
            advance();
        }

        @Override
        public boolean hasNext() {
            return event != null;
        }

        @Override
        public TimelineEvent next() {
            TimelineEvent result = event;
            if (result == null) {
                throw new NoSuchElementException("the journal " + file + " has ended");
            }
            advance();
            return result;
        }

        private void advance() {
            event = null;
            try {
                String line = next;
                if (line == null) {
                    reader.close();
                    return;
                }
                next = reader.readLine();
                number++;
                event = parse(line);
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }

        private @Nullable TimelineEvent parse(String line) throws IOException {
            String place = file + ":" + number;
            try {
                return event(JSON.readTree(line), place);
            } catch (JacksonException e) {
                reader.close();
                if (next == null) {
                    return null;
                }
                throw new ConfigurationException(place + ": not a line of JSON", e);
            }
        }

        private static ConfigurationException unreadable(Path file, IOException e) {
            return new ConfigurationException(file + ": cannot be read as a journal (" + e.getMessage() + ")", e);
        }
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
