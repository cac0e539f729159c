package dev.firedrill.harness.resync;

import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** By key, the versions that took effect rise in the target's order: a late replay never overwrites a newer change. */
public record OrderCheck(Windows windows) implements WorkCheck {
    @Override
    public String expectation() {
        return "no late change overwrites a newer one";
    }

    @Override
    public Judgement judge(List<TimelineEvent> events) {
        WorkHistory history = WorkHistory.of(events);
        List<String> stale = new ArrayList<>();
        int successions = 0;
        for (String key : history.keys()) {
            List<Apply> entries = history.applied(key);
            for (int i = 1; i < entries.size(); i++) {
                Apply entry = entries.get(i);
                Apply newest = newestOf(entries.subList(0, i));
                successions++;
                if (entry.version() < newest.version()) {
                    stale.add(overwrite(history, entry, newest));
                }
            }
        }
        boolean none = successions == 0;
        return Finding.of(
                expectation(),
                stale,
                "does the target compare versions before it applies?",
                Finding.starved(windows, history)
                        .or(() -> none
                                ? Optional.of("no key was applied more than once; let a key be edited again")
                                : Optional.empty()),
                "in " + Finding.count(successions, "succession") + " of applies, the version always rose",
                List.of());
    }

    private static Apply newestOf(List<Apply> entries) {
        Apply newest = entries.get(0);
        for (Apply entry : entries) {
            newest = entry.version() > newest.version() ? entry : newest;
        }
        return newest;
    }

    private static String overwrite(WorkHistory history, Apply late, Apply newer) {
        String accepted = history.accepted().stream()
                .filter(operation -> operation.change().equals(late.change()))
                .map(operation -> ", accepted '" + operation.window() + "'")
                .findFirst()
                .orElse("");
        return "change '" + late.change() + "' of '" + late.key() + "' (version " + late.version() + accepted
                + ") was applied as entry " + late.sequence() + " over the newer change '" + newer.change()
                + "' (version " + newer.version() + ", entry " + newer.sequence() + ")";
    }
}
