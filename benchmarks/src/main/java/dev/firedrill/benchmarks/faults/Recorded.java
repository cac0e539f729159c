package dev.firedrill.benchmarks.faults;

import dev.firedrill.benchmarks.measure.Child;
import dev.firedrill.benchmarks.measure.MeasurementException;
import dev.firedrill.benchmarks.measure.Programs;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.timeline.JournalFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Rounds of drills in a process of their own, read from the journal that it leaves. */
final class Recorded {
    private Recorded() {}

    /**
     * Has the drills carried out.
     *
     * @param what {@link DrillRounds#FAULTS} or {@link DrillRounds#DRILLS}
     * @param runs the rounds that count; one more goes before them
     * @return for each drill's name its events, round by round
     */
    static Map<String, List<Events>> rounds(String what, int runs, Consumer<String> progress) {
        Path journal = Programs.OUTPUT.resolve(what).resolve("journal.jsonl");
        Path errors = Programs.OUTPUT.resolve(what + ".err");
        try {
            Files.deleteIfExists(journal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = Programs.holdingCluster(
                DrillRounds.class, List.of(journal.toString(), Integer.toString(runs + 1), what), Map.of());
        try (Child child = Child.talking(command, Map.of(), errors)) {
            for (Optional<String> line = child.line(); line.isPresent(); line = child.line()) {
                progress.accept(line.get());
            }
        }
        Map<String, List<Events>> all = new LinkedHashMap<>();
        List<TimelineEvent> drill = new ArrayList<>();
        for (TimelineEvent event : JournalFormat.read(journal)) {
            if (!event.drill().isEmpty()) {
                drill.add(event);
            }
            if (event.type().equals(EventType.DRILL_FINISHED)) {
                all.computeIfAbsent(event.drill(), name -> new ArrayList<>()).add(new Events(drill));
                drill.clear();
            }
        }
        if (all.isEmpty() || all.values().stream().anyMatch(rounds -> rounds.size() != runs + 1)) {
            throw new MeasurementException("not every drill was carried out; see " + errors);
        }
        all.replaceAll((name, rounds) -> rounds.subList(1, rounds.size()));
        return all;
    }
}
