package dev.firedrill.harness.probe;

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

/** Healthy before a moment, failed within a deadline after it. */
record FailsCheck(ProbeSpec probe, Moment since, Duration deadline) implements CheckOfProbe {
    FailsCheck {
        Judgements.positive(deadline);
    }

    @Override
    public String expectation() {
        return "probe '" + probe.name() + "' fails within " + Durations.words(deadline) + " of " + since.description();
    }

    @Override
    public ExpectationKind kind() {
        return ExpectationKind.EFFECT;
    }

    @Override
    public Judgement judge(List<TimelineEvent> events) {
        Judgements judgements = new Judgements(this, probe, deadline);
        Optional<Instant> moment = since.in(events);
        if (moment.isEmpty()) {
            return judgements.unknown(since);
        }
        Instant begin = moment.get();
        List<Observation> all = Observation.of(probe, events);
        Optional<Observation> before = all.stream()
                .filter(Observation::counts)
                .filter(sample -> !sample.finishedAt().isAfter(begin))
                .reduce((earlier, later) -> later);
        if (before.isEmpty() || before.get().failed()) {
            return judgements.inconclusive(
                    "Probe '" + probe.name() + "' "
                            + (before.isEmpty() ? "was not seen" : "was failing already")
                            + " before " + since.description() + ", so that its failing shows nothing; "
                            + judgements.source()
                            + "; is the steady state checked, and something broken, before this is demanded?",
                    before.map(Observation::line).stream().toList());
        }
        return judge(judgements, all, begin);
    }

    private Judgement judge(Judgements judgements, List<Observation> all, Instant begin) {
        Schedule schedule = Schedule.of(probe, all, begin, begin.plus(deadline));
        List<Observation> failures = schedule.failures().stream()
                .filter(sample -> sample.notBefore(begin))
                .filter(sample -> !sample.finishedAt().plus(sample.bound()).isAfter(begin.plus(deadline)))
                .toList();
        if (!failures.isEmpty()) {
            Observation first = failures.get(0);
            Duration took = Duration.between(begin, first.finishedAt());
            return judgements.of(
                    Verdict.PASS,
                    "Probe '" + probe.name() + "' failed " + Durations.words(took) + " after " + since.description()
                            + " (" + failures.size() + " failures in " + schedule.account() + "); last error: "
                            + failures.get(failures.size() - 1).detail() + "; " + judgements.source(),
                    schedule.remarkable(),
                    took);
        }
        if (schedule.starved()) {
            return judgements.starved(schedule);
        }
        return judgements.of(
                Verdict.FAIL,
                "Probe '" + probe.name() + "' did not fail within " + Durations.words(deadline) + " of "
                        + since.description() + " (" + schedule.account()
                        + (schedule.failures().isEmpty() ? ", no failure); " : ", the first failure known too late); ")
                        + judgements.source() + "; does its path go through what was broken?",
                schedule.remarkable(),
                null);
    }
}
