package dev.firedrill.harness.probe;

import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.timeline.Moment;
import dev.firedrill.harness.timeline.Window;
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
        Optional<Instant> gap = all.isEmpty() ? Optional.empty() : Known.gap(probe, all, window, until, events);
        return new OnlyFailures(judgements, from).judge(window, schedule, schedule.seen(), gap);
    }
}
