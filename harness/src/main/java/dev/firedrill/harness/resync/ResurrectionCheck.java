package dev.firedrill.harness.resync;

import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.resync.WorkHistory.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was deleted stays away and what was replaced does not come back, as the public route serves it over time. */
public record ResurrectionCheck(Windows windows) implements WorkCheck {
    @Override
    public String expectation() {
        return "what was deleted or replaced does not come back";
    }

    @Override
    public Judgement judge(List<TimelineEvent> events) {
        WorkHistory history = WorkHistory.of(events);
        List<String> back = new ArrayList<>();
        int departures = 0;
        for (Map.Entry<String, List<Sighting>> served : history.served().entrySet()) {
            departures += walk(history, served.getKey(), served.getValue(), back);
        }
        boolean none = departures == 0;
        return Finding.of(
                expectation(),
                back,
                "read through the public route; was an old state restored, or an old change replayed?",
                Finding.starved(windows, history)
                        .or(() -> none
                                ? Optional.of("the public route was not seen to replace or delete anything")
                                : Optional.empty()),
                Finding.count(departures, "version") + " went away and stayed away",
                List.of());
    }

    /** Follows one key; adds what came back, and returns how often something went away. */
    private static int walk(WorkHistory history, String key, List<Sighting> sightings, List<String> back) {
        int departures = 0;
        long gone = 0;
        boolean deleted = false;
        for (int i = 1; i < sightings.size(); i++) {
            Optional<Content> before = sightings.get(i - 1).content();
            Optional<Content> now = sightings.get(i).content();
            if (before.isPresent() && !before.equals(now)) {
                departures++;
                deleted = now.isEmpty();
                gone = Math.max(
                        gone,
                        deleted
                                ? deletion(history, key, before.get())
                                : before.get().version());
            }
            if (now.isPresent() && now.get().version() <= gone && !now.equals(before)) {
                back.add("version " + now.get().version() + " of '" + key + "' came back at "
                        + Durations.words(sightings.get(i).seen()) + ", after "
                        + (deleted ? "its deletion (version " + gone + ")" : "version " + gone + " had been served"));
            }
        }
        return departures;
    }

    /** The version that a disappearance stands for: of the deletion that was accepted, else what was there. */
    private static long deletion(WorkHistory history, String key, Content before) {
        return history.accepted().stream()
                .filter(change -> change.deletes() && change.key().equals(key) && change.version() > before.version())
                .mapToLong(Operation::version)
                .min()
                .orElse(before.version());
    }
}
