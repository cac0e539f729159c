package dev.firedrill.harness.resync;

import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.resync.WorkHistory.Sighting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * No update vanished after somebody vouched for it: the source never gave one version of a key to two changes, and the
 * public route serves what the target's log says was applied.
 */
public record LostUpdateCheck(Windows windows) implements WorkCheck {
    private record Made(String key, long version) {}

    @Override
    public String expectation() {
        return "no update is lost";
    }

    @Override
    public Judgement judge(List<TimelineEvent> events) {
        WorkHistory history = WorkHistory.of(events);
        List<String> lost = new ArrayList<>(sameVersion(history));
        boolean known = Finding.blind(history).isEmpty();
        int compared = 0;
        for (String key : history.keys()) {
            Optional<Apply> newest = history.applied(key).stream()
                    .reduce((first, second) -> second.version() >= first.version() ? second : first);
            Optional<Sighting> last = history.lastServed(key);
            if (known && newest.isPresent() && last.isPresent()) {
                compared++;
                vanished(history, newest.get(), last.get()).ifPresent(lost::add);
            }
        }
        boolean none = compared == 0;
        return Finding.of(
                expectation(),
                lost,
                "does the target answer before its write is safe?",
                Finding.starved(windows, history)
                        .or(() -> none ? Optional.of("nothing was both applied and read") : Optional.empty()),
                "what was applied last is served (" + Finding.count(compared, "key") + " compared)",
                List.of());
    }

    private static List<String> sameVersion(WorkHistory history) {
        List<String> lost = new ArrayList<>();
        Map<Made, Operation> made = new HashMap<>();
        for (Operation change : history.accepted()) {
            Operation other = made.putIfAbsent(new Made(change.key(), change.version()), change);
            if (other != null) {
                lost.add("changes '" + other.change() + "' and '" + change.change() + "' were both accepted as version "
                        + change.version() + " of '" + change.key() + "': only one can last");
            }
        }
        return lost;
    }

    private static Optional<String> vanished(WorkHistory history, Apply applied, Sighting last) {
        boolean deletes = history.accepted().stream()
                .anyMatch(change -> change.change().equals(applied.change()) && change.deletes());
        long served = last.content().map(Content::version).orElse(deletes ? Long.MAX_VALUE : 0L);
        return served >= applied.version()
                ? Optional.empty()
                : Optional.of("change '" + applied.change() + "' of '" + applied.key() + "' (version "
                        + applied.version() + ") is in the target's log as applied, but the public route serves "
                        + last.content()
                                .map(content -> "version " + content.version())
                                .orElse("nothing"));
    }
}
