package dev.firedrill.harness.resync;

import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * From one moment to another, accepted changes are absent from the target all the time; or none is. The first is how a
 * false all-clear shows itself, the second what an all-clear must mean.
 *
 * @param demand what must hold
 * @param from the first moment
 * @param to the last
 */
public record DriftCheck(Demand demand, Moment from, Moment to) implements WorkCheck {
    /** What must hold of the changes that are absent from the target. */
    public enum Demand {
        /** At least one, all the time: an effect of a fault. */
        SOME_ABSENT,
        /** None, all the time. */
        NONE_ABSENT
    }

    @Override
    public String expectation() {
        return (demand == Demand.SOME_ABSENT ? "accepted changes are" : "no accepted change is")
                + " absent from the target from " + from.description() + " to " + to.description();
    }

    @Override
    public Judgement judge(List<TimelineEvent> events) {
        Optional<Duration> start = Elapsed.of(from, events);
        Optional<Duration> end = Elapsed.of(to, events);
        if (start.isEmpty() || end.isEmpty()) {
            return judgement(
                    Verdict.INCONCLUSIVE,
                    "No verdict: " + (start.isEmpty() ? from : to).description() + " was never reached",
                    List.of());
        }
        WorkHistory history = WorkHistory.of(events);
        if (history.accepted().stream().noneMatch(change -> change.completed().compareTo(end.get()) <= 0)) {
            return judgement(
                    Verdict.INCONCLUSIVE, "No verdict: no change was accepted before " + to.description(), List.of());
        }
        if (history.lastLook().filter(look -> look.compareTo(end.get()) >= 0).isEmpty()) {
            return judgement(
                    Verdict.INCONCLUSIVE, "No verdict: the target was not read after " + to.description(), List.of());
        }
        return history.blindAt(end.get())
                .map(blind -> judgement(Verdict.INCONCLUSIVE, "No verdict: " + blind, List.of()))
                .orElseGet(() -> judge(Drift.between(events, start.get(), end.get())));
    }

    private Judgement judge(Drift drift) {
        List<String> evidence = drift.points().stream().map(DriftCheck::inWords).toList();
        if (demand == Demand.SOME_ABSENT) {
            boolean held = drift.fewest() > 0;
            return judgement(
                    held ? Verdict.PASS : Verdict.FAIL,
                    held
                            ? Finding.count(drift.fewest(), "accepted change") + " or more absent all the time"
                            : "At some moment every accepted change was at the target; read in its log",
                    evidence);
        }
        return judgement(
                drift.most() == 0 ? Verdict.PASS : Verdict.FAIL,
                drift.most() == 0
                        ? "Every accepted change was at the target all the time"
                        : "Up to " + Finding.count(drift.most(), "accepted change")
                                + " absent from the target; is there a backlog at the source?",
                evidence);
    }

    private static String inWords(Drift.Point point) {
        return "at " + Durations.words(point.at()) + ": " + point.absent() + " absent"
                + (point.absent() == 0 ? "" : ", the oldest for " + Durations.words(point.oldest()));
    }

    @Override
    public ExpectationKind kind() {
        return demand == Demand.SOME_ABSENT ? ExpectationKind.EFFECT : ExpectationKind.INVARIANT;
    }

    private Judgement judgement(Verdict verdict, String reason, List<String> evidence) {
        return new Judgement(expectation(), kind(), verdict, reason, evidence, null, null);
    }
}
