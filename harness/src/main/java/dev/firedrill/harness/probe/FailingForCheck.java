package dev.firedrill.harness.probe;

import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.timeline.Moment;
import dev.firedrill.harness.timeline.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * No healthy sample for a time up to the end of what was seen. Where to fail means to hang, nothing is known yet of the
 * last requests: the time ends before the first of them. Whoever was answered meanwhile counts nevertheless.
 */
record FailingForCheck(ProbeSpec probe, Duration time) implements CheckOfProbe {
    FailingForCheck {
        Judgements.positive(time);
    }

    @Override
    public String expectation() {
        return "probe '" + probe.name() + "' fails all the time for the last " + Durations.words(time);
    }

    @Override
    public ExpectationKind kind() {
        return ExpectationKind.EFFECT;
    }

    @Override
    public Judgement judge(List<TimelineEvent> events) {
        Moment from = Moment.end().plus(time.negated());
        OnlyFailures check = new OnlyFailures(new Judgements(this, probe, null), from);
        return Moment.end().in(events).map(end -> judge(check, end, events)).orElseGet(() -> check.judgements()
                .unknown(Moment.end()));
    }

    private Judgement judge(OnlyFailures check, Instant end, List<TimelineEvent> events) {
        List<Observation> all = Observation.of(probe, events);
        Instant known = all.isEmpty() ? end : Known.before(probe, all, end, events);
        Window window = new Window(known.minus(time), known);
        Optional<Instant> gap =
                all.isEmpty() ? Optional.empty() : Known.gap(probe, all, window, Moment.at(known), events);
        return check.judge(window, Schedule.of(probe, all, window.begin(), window.end()), all, gap);
    }
}
