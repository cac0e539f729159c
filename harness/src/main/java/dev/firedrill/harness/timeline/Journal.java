package dev.firedrill.harness.timeline;

import dev.firedrill.harness.model.TimelineEvent;
import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The append-only record of a run and the only source of its verdicts and reports. Every event is one line of JSON,
 * flushed before {@code append} returns, so that the journal of a killed run can be read to its last event.
 *
 * <pre>{@code
 * try (Journal journal = Journal.create(directory.resolve("journal.jsonl"), Timekeeper.system())) {
 *     journal.append("harness", EventType.NOTE, Map.of("text", "hello"));
 * }
 * }</pre>
 */
public final class Journal implements AutoCloseable {
    private final Timekeeper clock;
    private final Writer writer;
    private final List<TimelineEvent> events = new ArrayList<>();
    private final List<Consumer<TimelineEvent>> listeners = new CopyOnWriteArrayList<>();
    private String drill = "";
    private boolean closed;

    private Journal(Writer writer, Timekeeper clock) {
        this.writer = writer;
        this.clock = clock;
    }

    /** Starts a journal in a new file, making its directory if needed. */
    public static Journal create(Path file, Timekeeper clock) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            Files.createFile(file);
            // A stream of a file, unlike a channel, outlives an append on an interrupted thread.
            OutputStream stream = new FileOutputStream(file.toFile());
            return new Journal(new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8)), clock);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the journal " + file, e);
        }
    }

    /** A journal that is kept in memory alone, for code that is tried by itself. */
    public static Journal inMemory(Timekeeper clock) {
        return new Journal(Writer.nullWriter(), clock);
    }

    public Timekeeper clock() {
        return clock;
    }

    /** Calls a listener for every event from now on, on the thread that appends; it must return soon. */
    public void listen(Consumer<TimelineEvent> listener) {
        listeners.add(listener);
    }

    /** Marks the events that follow as belonging to a drill; empty for none. */
    public synchronized void enterDrill(String name) {
        drill = name;
    }

    /** Appends something that the harness itself saw, now. */
    public TimelineEvent append(String source, String type, Map<String, Object> data) {
        return append(source, type, clock.now(), Duration.ZERO, data);
    }

    /**
     * Appends something that another clock saw.
     *
     * @param at when, by that clock
     * @param offsetBound how far that clock may be off ours; not negative
     */
    public synchronized TimelineEvent append(
            String source, String type, Instant at, Duration offsetBound, Map<String, Object> data) {
        if (closed) {
            throw new IllegalStateException("the journal is closed: " + type);
        }
        TimelineEvent event =
                new TimelineEvent(events.size() + 1L, type, drill, source, at, clock.elapsed(), offsetBound, data);
        try {
            writer.write(JournalFormat.line(event));
            writer.write('\n');
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to the journal", e);
        }
        events.add(event);
        listeners.forEach(listener -> listener.accept(event));
        return event;
    }

    /** What has been appended so far, oldest first. */
    public synchronized List<TimelineEvent> events() {
        return List.copyOf(events);
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the journal", e);
        }
    }
}
