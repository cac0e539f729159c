package dev.firedrill.harness.probe;

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
import java.util.Optional;

/** No failed sample in a window. */
record StaysHealthyCheck(ProbeSpec probe, Moment from, Moment until) implements CheckOfProbe {
    @Override
    public String expectation() {
        return "probe '" + probe.name() + "' stays healthy from " + from.description() + " to " + until.description();
    }

    @Override
    public ExpectationKind kind() {
        return ExpectationKind.INVARIANT;
    }

    @Override
    public Judgement judge(List<TimelineEvent> events) {
        Judgements judgements = new Judgements(this, probe, null);
        return Window.between(from, until, events)
                .map(window -> judge(judgements, window, events))
                .orElseGet(() -> judgements.unknown(Window.missing(from, until, events)));
    }

    private Judgement judge(Judgements judgements, Window window, List<TimelineEvent> events) {
        List<Observation> all = Observation.of(probe, events);
        Schedule schedule = Schedule.of(probe, all, window.begin(), window.end());
        List<Observation> failures = schedule.failures();
        if (!failures.isEmpty()) {
            return judgements.of(
                    Verdict.FAIL,
                    failed(failures, window.begin(), schedule) + "; " + judgements.source(),
                    schedule.remarkable(),
                    null);
        }
        Optional<Instant> gap = all.isEmpty() ? Optional.empty() : Known.gap(probe, all, window, until, events);
        if (gap.isPresent()) {
            return judgements.open(schedule, from, Duration.between(window.begin(), gap.get()));
        }
        if (schedule.starved()) {
            return judgements.starved(schedule);
        }
        String length = Durations.words(window.length());
        return judgements.of(
                Verdict.PASS,
                "Probe '" + probe.name() + "' had no failure in " + length + " (" + schedule.account() + "); "
                        + judgements.source(),
                schedule.remarkable(),
                null);
    }

    private String failed(List<Observation> failures, Instant begin, Schedule schedule) {
        Observation first = failures.get(0);
        Observation last = failures.get(failures.size() - 1);
        return "Probe '" + probe.name() + "' failed " + (failures.size() == 1 ? "once" : failures.size() + " times")
                + " (" + schedule.account()
                + "), first " + Durations.words(Duration.between(begin, first.intendedAt())) + " after "
                + from.description() + "; last error: " + last.detail();
    }
}
