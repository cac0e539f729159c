package dev.firedrill.harness.resync;

import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every change that was accepted in these windows was applied, or was superseded by a newer one that was. A window
 * whose changes were all superseded without one of them ever reaching the target proves nothing about delayed work,
 * and gets no verdict.
 */
public record ArrivalCheck(Windows windows) implements WorkCheck {
    @Override
    public String expectation() {
        return windows.equals(Windows.BEFORE_DURING_AFTER)
                ? "every accepted change arrives"
                : "every change accepted " + String.join(", ", windows.names()) + " arrives";
    }

    @Override
    public Judgement judge(List<TimelineEvent> events) {
        WorkHistory history = WorkHistory.of(events);
        List<String> lost = new ArrayList<>();
        List<String> superseded = new ArrayList<>();
        int applied = 0;
        List<Operation> changes = history.accepted().stream()
                .filter(change -> windows.names().contains(change.window()))
                .toList();
        for (Operation change : changes) {
            List<Apply> entries = history.applied(change.key());
            if (entries.stream().anyMatch(entry -> entry.change().equals(change.change()))) {
                applied++;
                continue;
            }
            Optional<Apply> newer = entries.stream()
                    .filter(entry -> entry.version() > change.version())
                    .findFirst();
            if (newer.isPresent()) {
                superseded.add(change.inWords() + " was superseded by change '"
                        + newer.get().change() + "' (version " + newer.get().version() + ")"
                        + (reached(history, change) ? ", and refused as stale" : ", and never reached the target"));
            } else {
                lost.add(change.inWords() + " was lost: the target applied neither it nor a newer version"
                        + (reached(history, change) ? ", though it received it" : ""));
            }
        }
        return Finding.of(
                expectation(),
                lost,
                "read in the target's log (" + Finding.count(history.log().size(), "line") + ")"
                        + "; is its job still pending or failed at the source?",
                Finding.starved(windows, history).or(() -> unproven(history)),
                "of " + Finding.count(changes.size(), "accepted change") + ", " + applied + " were applied and "
                        + superseded.size() + " superseded by a newer one",
                superseded);
    }

    private static boolean reached(WorkHistory history, Operation change) {
        return history.log().stream()
                .anyMatch(arrived -> arrived.entry().change().equals(change.change()));
    }

    private Optional<String> unproven(WorkHistory history) {
        return windows.names().stream()
                .filter(window -> history.accepted(window).stream().noneMatch(change -> reached(history, change)))
                .map(window -> "every change of window '" + window
                        + "' was superseded before one of them reached the target: edit a key there"
                        + " that is not edited later")
                .findFirst();
    }
}
