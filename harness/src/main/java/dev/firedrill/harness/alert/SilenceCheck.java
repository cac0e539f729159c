package dev.firedrill.harness.alert;

import dev.firedrill.harness.model.Check;
import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Moment;
import dev.firedrill.harness.timeline.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Nobody is paged in a window; believed only between two canaries that were. */
record SilenceCheck(AlertMatch match, Moment from, Moment until) implements Check {
    @Override
    public String expectation() {
        String who = match.equals(AlertMatch.any()) ? "nobody is paged" : match.description() + " does not fire";
        return who + " from " + from.description() + " to " + until.description();
    }

    @Override
    public ExpectationKind kind() {
        return ExpectationKind.INVARIANT;
    }

    @Override
    public Judgement judge(List<TimelineEvent> events) {
        Judgements judgements = new Judgements(this, match, null);
        return Window.between(from, until, events)
                .map(window -> judge(judgements, window, events))
                .orElseGet(() -> judgements.unknown(Window.missing(from, until, events)));
    }

    private Judgement judge(Judgements judgements, Window window, List<TimelineEvent> events) {
        List<ReceivedAlert> paged =
                AlertHistory.of(events).matching(match).before(window.end()).pagedSince(window.begin());
        if (!paged.isEmpty()) {
            ReceivedAlert first = paged.get(0);
            return judgements.of(
                    Verdict.FAIL,
                    "Paged by '" + first.alert() + "' "
                            + Durations.words(Duration.between(window.begin(), first.receivedAt())) + " after "
                            + from.description() + " (" + paged.size() + " notifications in all); "
                            + Judgements.SOURCE
                            + MachineHistory.remark(events, window.begin(), first.receivedAt()),
                    paged,
                    null);
        }
        return silent(judgements, events, window);
    }

    private Judgement silent(Judgements judgements, List<TimelineEvent> events, Window window) {
        Instant begin = window.begin();
        Instant end = window.end();
        CanaryHistory canaries = CanaryHistory.of(events);
        String length = Durations.words(window.length());
        boolean before = canaries.pagedBefore(begin);
        boolean kept = !AlertHistory.lostSince(events, begin);
        if (begin.isBefore(end) && before && kept && canaries.pagedAfter(end)) {
            return judgements.of(
                    Verdict.PASS,
                    "Nothing was delivered for " + length + " from " + from.description()
                            + "; a canary was paged before and after; " + Judgements.SOURCE,
                    List.of(),
                    null);
        }
        String missing = !begin.isBefore(end)
                ? "the window is empty"
                : !kept
                        ? "the agent lost its disk, and what it had received"
                        : "no canary was paged "
                                + (before ? "after " + until.description() : "before " + from.description());
        return judgements.inconclusive(
                "Nothing was delivered for " + length + " from " + from.description()
                        + ", but silence is not believed: "
                        + missing + canaries.lost().map(why -> " (" + why + ")").orElse("") + "; "
                        + Judgements.SOURCE + "; does the monitor have the check of the pager's canary?",
                List.of());
    }
}
