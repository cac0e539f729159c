package dev.firedrill.reports.sample;

import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Timekeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events with their times, told in any order and played into a journal in the order of their times. */
public final class Script {
    public static final Instant START = Instant.parse("2026-11-20T09:00:00Z");

    private final List<Cue> cues = new ArrayList<>();
    private String drill = "";

    private record Cue(
            double receivedMs, double atMs, String drill, String source, String type, Map<String, Object> data) {}

    /** A clock that stands where it is put. */
    private static final class HeldClock implements Timekeeper {
        private Duration elapsed = Duration.ZERO;

        @Override
        public Instant now() {
            return START.plus(elapsed);
        }

        @Override
        public Duration elapsed() {
            return elapsed;
        }
    }

    public Script drill(String name) {
        drill = name;
        return this;
    }

    /** Something that the harness saw. */
    public Script at(double ms, String type, Map<String, Object> data) {
        cues.add(new Cue(ms, ms, drill, "harness", type, data));
        return this;
    }

    /** Something that the harness saw. */
    public Script at(double ms, String type, Object... keysAndValues) {
        return at(ms, type, map(keysAndValues));
    }

    /** Something that the agent saw, and the harness learned of later. */
    public Script seen(double atMs, double receivedMs, String type, Map<String, Object> data) {
        cues.add(new Cue(receivedMs, atMs, drill, "agent", type, data));
        return this;
    }

    /** Cuts off everything from a moment on, as a kill does. */
    public Script cutAt(double ms) {
        cues.removeIf(cue -> cue.receivedMs() >= ms);
        return this;
    }

    public Journal play(Journal journal, Timekeeper clock) {
        cues.sort(Comparator.comparingDouble(Cue::receivedMs));
        for (Cue cue : cues) {
            ((HeldClock) clock).elapsed = Duration.ofNanos(Math.round(cue.receivedMs() * 1e6));
            journal.enterDrill(cue.drill());
            boolean own = cue.source().equals("harness");
            journal.append(
                    cue.source(),
                    cue.type(),
                    START.plusNanos(Math.round(cue.atMs() * 1e6)),
                    own ? Duration.ZERO : Duration.ofMillis(2),
                    cue.data());
        }
        return journal;
    }

    /** Plays into memory, with somebody who listens. */
    public Journal play(java.util.function.Consumer<dev.firedrill.harness.model.TimelineEvent> listener) {
        HeldClock clock = new HeldClock();
        Journal journal = Journal.inMemory(clock);
        journal.listen(listener);
        return play(journal, clock);
    }

    /** Plays into {@code journal.jsonl} of a directory. */
    public Path playTo(Path directory) {
        HeldClock clock = new HeldClock();
        try (Journal journal = Journal.create(directory.resolve("journal.jsonl"), clock)) {
            play(journal, clock);
        }
        return directory;
    }

    /** Wall time of a moment of the run. */
    public static String wall(double ms) {
        return START.plusNanos(Math.round(ms * 1e6)).toString();
    }

    public static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i].toString(), keysAndValues[i + 1]);
        }
        return map;
    }
}
