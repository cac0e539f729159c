package dev.firedrill.harness.resync;

import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every change that was accepted in these windows was applied, or was superseded by a newer one that was. A window
 * whose changes were all superseded without one of them ever reaching the target proves nothing about delayed work,
 * and gets no verdict.
 *
 * @param deadlineOrNull the time allowed, if any
 * @param sinceOrNull the moment from which it counts, with a deadline; a change that was accepted later counts from
 *     then
 */
public record ArrivalCheck(
        Windows windows,
        @Nullable Duration deadlineOrNull,
        @Nullable Moment sinceOrNull) implements WorkCheck {
    /** Judged by what has arrived at the end. */
    public ArrivalCheck(Windows windows) {
        this(windows, null, null);
    }

    /** Judged by the time it takes, too: a change that arrives later fails it. */
    public ArrivalCheck within(Duration deadline, Moment since) {
        return new ArrivalCheck(windows, deadline, since);
    }

    @Override
    public String expectation() {
        String all = windows.equals(Windows.BEFORE_DURING_AFTER)
                ? "every accepted change arrives"
                : "every change accepted " + String.join(", ", windows.names()) + " arrives";
        return deadlineOrNull == null || sinceOrNull == null
                ? all
                : all + " within " + Durations.words(deadlineOrNull) + " of " + sinceOrNull.description();
    }

    @Override
    public Judgement judge(List<TimelineEvent> events) {
        WorkHistory history = WorkHistory.of(events);
        Judgement arrived = arrived(history);
        if (deadlineOrNull == null || sinceOrNull == null) {
            return arrived;
        }
        Optional<Duration> since = Elapsed.of(sinceOrNull, events);
        if (since.isEmpty()) {
            return Finding.inconclusive(expectation(), sinceOrNull.description() + " was never reached");
        }
        return timed(history, arrived, since.get(), deadlineOrNull);
    }

    /** The same outcome with its time; what has not arrived yet may still come while the deadline lasts. */
    private Judgement timed(WorkHistory history, Judgement arrived, Duration since, Duration deadline) {
        if (arrived.verdict() == Verdict.FAIL) {
            Duration watched = history.lastLook().orElse(Duration.ZERO).minus(begin(history, since));
            return watched.compareTo(deadline) >= 0
                    ? arrived
                    : Finding.inconclusive(
                            expectation(),
                            "the target was watched for only "
                                    + Durations.words(watched.isNegative() ? Duration.ZERO : watched) + " of "
                                    + Durations.words(deadline));
        }
        if (arrived.verdict() != Verdict.PASS) {
            return arrived;
        }
        Operation last = null;
        Duration took = Duration.ZERO;
        for (Operation change : changes(history)) {
            Duration begin = later(since, change.completed());
            Duration each = history.settledAt(change).orElse(begin).minus(begin);
            if (last == null || each.compareTo(took) > 0) {
                last = change;
                took = each.isNegative() ? Duration.ZERO : each;
            }
        }
        boolean inTime = took.compareTo(deadline) <= 0;
        String slowest = last == null ? "" : "; the slowest was " + last.inWords() + ", after " + Durations.words(took);
        return new Judgement(
                expectation(),
                arrived.kind(),
                inTime ? Verdict.PASS : Verdict.FAIL,
                (inTime ? arrived.reason() : "Arrived too late: allowed were " + Durations.words(deadline)) + slowest,
                arrived.evidence(),
                deadline,
                took);
    }

    private Duration begin(WorkHistory history, Duration since) {
        return changes(history).stream()
                .map(change -> later(since, change.completed()))
                .max(Duration::compareTo)
                .orElse(since);
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private List<Operation> changes(WorkHistory history) {
        return history.accepted().stream()
                .filter(change -> windows.names().contains(change.window()))
                .toList();
    }

    private Judgement arrived(WorkHistory history) {
        List<String> lost = new ArrayList<>();
        List<String> superseded = new ArrayList<>();
        int applied = 0;
        List<Operation> changes = changes(history);
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
                "of " + Finding.count(changes.size(), "accepted change") + ", " + applied
                        + (applied == 1 ? " was" : " were") + " applied and " + superseded.size()
                        + " superseded by a newer one",
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
