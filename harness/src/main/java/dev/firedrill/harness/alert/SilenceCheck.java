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
import java.util.List;
import java.util.Optional;

/**
 * Nobody is paged in a window; believed only between two canaries that were, and only if the window is at least as long
 * as the quickest of them took: in less, no page could have come.
 */
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
        String nothing =
                "Nothing was delivered for " + Durations.words(window.length()) + " from " + from.description();
        return doubt(events, window)
                .map(why -> judgements.inconclusive(
                        nothing + ", but silence is not believed: " + why + "; " + Judgements.SOURCE, List.of()))
                .orElseGet(() -> judgements.of(
                        Verdict.PASS,
                        nothing + "; a canary was paged before and after; " + Judgements.SOURCE,
                        List.of(),
                        null));
    }

    /** Why a page may have been lost, or could not have come. */
    private Optional<String> doubt(List<TimelineEvent> events, Window window) {
        CanaryHistory canaries = CanaryHistory.of(events);
        if (!window.begin().isBefore(window.end())) {
            return Optional.of("the window is empty");
        }
        if (AlertHistory.lostSince(events, window.begin())) {
            return Optional.of("the agent lost its disk, and what it had received");
        }
        boolean before = canaries.pagedBefore(window.begin());
        if (!before || !canaries.pagedAfter(window.end())) {
            return Optional.of("no canary was paged "
                    + (before ? "after " + until.description() : "before " + from.description())
                    + canaries.lost().map(why -> " (" + why + ")").orElse("")
                    + "; does the monitor have the check of the pager's canary?");
        }
        return canaries.quickest()
                .filter(took -> took.compareTo(window.length()) > 0)
                .map(took -> "the quickest canary took " + Durations.words(took)
                        + ", so that no page could have come in that time; let it begin earlier, or observe longer");
    }
}
