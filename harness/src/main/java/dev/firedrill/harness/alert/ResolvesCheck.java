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
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** An alert that fired is reported as resolved within a deadline. */
record ResolvesCheck(AlertMatch match, Moment since, Duration deadline) implements Check {
    ResolvesCheck {
        Judgements.positive(deadline);
    }

    @Override
    public String expectation() {
        return match.description() + " resolves within " + Durations.words(deadline) + " of " + since.description();
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
        Instant end = begin.plus(deadline);
        AlertHistory history = AlertHistory.of(events).matching(match);
        AlertHistory inTime = history.before(end);
        boolean fired = !history.before(begin).firing().isEmpty()
                || inTime.received().stream()
                        .anyMatch(alert -> alert.firing() && !alert.receivedAt().isBefore(begin));
        if (!fired) {
            return judgements.inconclusive(
                    judgements.subject() + " was not firing at or after " + since.description()
                            + ", so that nothing could resolve; " + Judgements.SOURCE,
                    history.received());
        }
        Collection<ReceivedAlert> standing = inTime.firing();
        return standing.isEmpty()
                ? resolved(judgements, inTime, begin)
                : stillFiring(judgements, events, history, standing, end);
    }

    private Judgement resolved(Judgements judgements, AlertHistory inTime, Instant begin) {
        ReceivedAlert last = inTime.received().get(inTime.received().size() - 1);
        Duration took = Duration.between(begin, last.receivedAt());
        String reason = judgements.subject() + " was reported as resolved " + Durations.words(took) + " after "
                + since.description();
        if (took.plus(last.offsetBound()).compareTo(deadline) > 0) {
            return judgements.inconclusive(
                    reason + ", which may be in time or not: the agent's clock is known only to "
                            + Durations.words(last.offsetBound()) + "; allow more than " + Durations.words(deadline),
                    inTime.received());
        }
        return judgements.of(Verdict.PASS, reason + "; " + Judgements.SOURCE, inTime.received(), took);
    }

    private Judgement stillFiring(
            Judgements judgements,
            List<TimelineEvent> events,
            AlertHistory history,
            Collection<ReceivedAlert> standing,
            Instant end) {
        Optional<Instant> read = AlertHistory.readUntil(events);
        if (read.isEmpty() || read.get().isBefore(end)) {
            return judgements.inconclusive(
                    judgements.subject() + " was still firing when the pager's inbox was last read ("
                            + read.map(Instant::toString).orElse("never") + "), and " + Durations.words(deadline)
                            + " after " + since.description() + " is " + end
                            + "; did the drill wait, and was the agent reachable?",
                    history.received());
        }
        return judgements.of(
                Verdict.FAIL,
                judgements.subject() + " still firing " + Durations.words(deadline) + " after " + since.description()
                        + " (" + standing.size() + " of its label sets); " + Judgements.SOURCE
                        + "; is what it watches healthy, and does its receiver send resolved notifications?"
                        + MachineHistory.remark(events, end.minus(deadline), end),
                history.received(),
                null);
    }
}
