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

/** No healthy sample in a window. */
record StaysFailingCheck(ProbeSpec probe, Moment from, Moment until) implements CheckOfProbe {
    @Override
    public String expectation() {
        return "probe '" + probe.name() + "' fails all the time from " + from.description() + " to "
                + until.description();
    }

    @Override
    public ExpectationKind kind() {
        return ExpectationKind.EFFECT;
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
        List<Observation> healthy = schedule.seen().stream()
                .filter(Observation::healthy)
                .filter(sample -> sample.notBefore(window.begin()))
                .toList();
        if (!healthy.isEmpty()) {
            return judgements.of(
                    Verdict.FAIL,
                    answered(healthy, window.begin(), schedule) + "; " + judgements.source(),
                    healthy.stream().limit(20).map(Observation::line).toList(),
                    null);
        }
        Optional<Instant> gap = all.isEmpty() ? Optional.empty() : Known.gap(probe, all, window, until, events);
        if (gap.isPresent()) {
            return judgements.open(schedule, from, Duration.between(window.begin(), gap.get()));
        }
        if (schedule.starved() || schedule.failures().isEmpty()) {
            return judgements.starved(schedule);
        }
        List<Observation> failures = schedule.failures();
        return judgements.of(
                Verdict.PASS,
                "Probe '" + probe.name() + "' failed "
                        + (failures.size() == 1 ? "once" : failures.size() + " times") + " in "
                        + Durations.words(window.length()) + " (" + schedule.account()
                        + ") and never answered; last error: "
                        + failures.get(failures.size() - 1).detail() + "; " + judgements.source(),
                schedule.remarkable(),
                null);
    }

    private String answered(List<Observation> healthy, Instant begin, Schedule schedule) {
        return "Probe '" + probe.name() + "' answered "
                + (healthy.size() == 1 ? "once" : healthy.size() + " times") + " (" + schedule.account() + "), first "
                + Durations.words(Duration.between(begin, healthy.get(0).intendedAt())) + " after "
                + from.description();
    }
}
