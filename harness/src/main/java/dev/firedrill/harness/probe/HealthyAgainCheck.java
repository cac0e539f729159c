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

/** Healthy within a deadline after a moment, without a failure from then until the deadline. */
record HealthyAgainCheck(ProbeSpec probe, Moment since, Duration deadline) implements CheckOfProbe {
    /** One good answer may be luck. */
    private static final int ENOUGH = 3;

    HealthyAgainCheck {
        Judgements.positive(deadline);
    }

    @Override
    public String expectation() {
        return "probe '" + probe.name() + "' is healthy again within " + Durations.words(deadline) + " of "
                + since.description();
    }

    @Override
    public ExpectationKind kind() {
        return ExpectationKind.INVARIANT;
    }

    @Override
    public Judgement judge(List<TimelineEvent> events) {
        Judgements judgements = new Judgements(this, probe, deadline);
        Optional<Instant> moment = since.in(events);
        if (moment.isEmpty()) {
            return judgements.unknown(since);
        }
        Instant begin = moment.get();
        Instant end = begin.plus(deadline);
        Schedule schedule = Schedule.of(probe, Observation.of(probe, events), begin, end);
        List<Observation> counted =
                schedule.seen().stream().filter(Observation::counts).toList();
        int lastFailure = lastFailure(counted);
        List<Observation> healthy = counted.subList(lastFailure + 1, counted.size()).stream()
                .filter(sample -> !sample.finishedAt().plus(sample.bound()).isAfter(end))
                .toList();
        if (healthy.size() >= ENOUGH) {
            return recovered(judgements, begin, healthy, schedule);
        }
        if (schedule.starved()) {
            return judgements.starved(schedule);
        }
        return judgements.of(
                Verdict.FAIL,
                "Probe '" + probe.name() + "' not healthy again " + Durations.words(deadline) + " after "
                        + since.description() + " (" + schedule.account() + ", the last " + healthy.size()
                        + " healthy; " + ENOUGH + " in a row are needed)"
                        + (lastFailure < 0
                                ? ""
                                : "; last error: " + counted.get(lastFailure).detail()) + "; "
                        + judgements.source(),
                schedule.remarkable(),
                null);
    }

    private Judgement recovered(Judgements judgements, Instant begin, List<Observation> healthy, Schedule schedule) {
        Duration took = Duration.between(begin, healthy.get(0).finishedAt());
        return judgements.of(
                Verdict.PASS,
                "Probe '" + probe.name() + "' healthy " + Durations.words(took) + " after " + since.description() + " ("
                        + healthy.size() + " healthy samples in a row since); " + judgements.source(),
                schedule.remarkable(),
                took);
    }

    private static int lastFailure(List<Observation> counted) {
        for (int i = counted.size() - 1; i >= 0; i--) {
            if (counted.get(i).failed()) {
                return i;
            }
        }
        return -1;
    }
}
