package dev.firedrill.harness.alert;

import dev.firedrill.harness.model.Check;
import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An alert, new since a moment, is delivered within a deadline. */
record FiresCheck(AlertMatch match, Moment since, Duration deadline) implements Check {
    FiresCheck {
        Judgements.positive(deadline);
    }

    @Override
    public String expectation() {
        return match.description() + " fires within " + Durations.words(deadline) + " of " + since.description();
    }

    @Override
    public ExpectationKind kind() {
        return ExpectationKind.EFFECT;
    }

    @Override
    public Judgement judge(List<TimelineEvent> events) {
        Judgements judgements = new Judgements(this, match, deadline);
        Optional<Instant> moment = since.in(events);
        if (moment.isEmpty()) {
            return judgements.unknown(since);
        }
        Instant begin = moment.get();
        AlertHistory all = AlertHistory.of(events);
        List<ReceivedAlert> fired = all.matching(match).newSince(begin);
        return fired.isEmpty() ? missing(judgements, events, all, begin) : delivered(judgements, events, fired, begin);
    }

    private Judgement delivered(
            Judgements judgements, List<TimelineEvent> events, List<ReceivedAlert> fired, Instant begin) {
        ReceivedAlert first = fired.get(0);
        Duration took = Duration.between(begin, first.receivedAt());
        String when =
                judgements.subject() + " was delivered " + Durations.words(took) + " after " + since.description();
        if (took.plus(first.offsetBound()).compareTo(deadline) <= 0) {
            return judgements.of(Verdict.PASS, when + "; " + Judgements.SOURCE, fired, took);
        }
        if (took.minus(first.offsetBound()).compareTo(deadline) > 0) {
            return judgements.of(
                    Verdict.FAIL,
                    when + ", later than the " + Durations.words(deadline) + " allowed; " + Judgements.SOURCE
                            + "; how often is its rule evaluated, and how long must it hold?"
                            + MachineHistory.remark(events, begin, first.receivedAt()),
                    fired,
                    took);
        }
        return judgements.inconclusive(
                when + ", which may be in time or not: the agent's clock is known only to "
                        + Durations.words(first.offsetBound()) + "; allow more than " + Durations.words(deadline),
                fired);
    }

    private Judgement missing(Judgements judgements, List<TimelineEvent> events, AlertHistory all, Instant begin) {
        List<ReceivedAlert> old = all.matching(match).oldAt(begin);
        if (!old.isEmpty()) {
            return judgements.inconclusive(
                    judgements.subject() + " was firing already before " + since.description() + " (since "
                            + old.get(0).startsAt() + "), so that it shows nothing; " + Judgements.SOURCE
                            + "; is the steady state checked first?",
                    old);
        }
        Instant end = begin.plus(deadline);
        Optional<Instant> read = AlertHistory.readUntil(events);
        if (read.isEmpty() || read.get().isBefore(end)) {
            return judgements.inconclusive(
                    judgements.subject() + " did not come, but the pager's inbox was "
                            + read.map(until -> "read only until " + until).orElse("never read") + ", and "
                            + Durations.words(deadline) + " after " + since.description() + " is " + end
                            + "; did the drill wait, and was the agent reachable?",
                    List.of());
        }
        Optional<String> doubt = CanaryHistory.doubt(events, begin);
        if (doubt.isPresent()) {
            return judgements.inconclusive(
                    judgements.subject() + " did not come, but the pager cannot be trusted: " + doubt.get(), List.of());
        }
        return judgements.of(
                Verdict.FAIL,
                absent(judgements, all, begin) + MachineHistory.remark(events, begin, end),
                all.newSince(begin),
                null);
    }

    private String absent(Judgements judgements, AlertHistory all, Instant begin) {
        List<ReceivedAlert> sameName =
                all.matching(AlertMatch.named(match.alert())).newSince(begin);
        String what =
                judgements.subject() + " not delivered " + Durations.words(deadline) + " after " + since.description();
        if (!match.alert().isEmpty() && !sameName.isEmpty()) {
            return what + ": one of this name came, without the labels that it must carry ("
                    + sameName.get(0).line() + "); " + Judgements.SOURCE + "; which edge does its rule name?";
        }
        return what + " (" + all.newSince(begin).size() + " notifications of other alerts); " + Judgements.SOURCE
                + "; is its rule loaded, and does it look at what was broken?";
    }
}
