package dev.firedrill.harness.probe;

import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Moment;
import dev.firedrill.harness.timeline.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * That a probe fails all the time in a window.
 *
 * @param from the beginning of the window, for messages
 */
record OnlyFailures(Judgements judgements, Moment from) {
    /**
     * Judges it.
     *
     * @param schedule the samples that must be there
     * @param candidates the samples of which none may be healthy from the beginning of the window on
     * @param gap the first moment in the window of which nothing is known yet
     */
    Judgement judge(Window window, Schedule schedule, List<Observation> candidates, Optional<Instant> gap) {
        List<Observation> healthy = candidates.stream()
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
        if (gap.isPresent()) {
            return judgements.open(schedule, from, Duration.between(window.begin(), gap.get()));
        }
        List<Observation> failures = schedule.failures();
        if (schedule.starved() || failures.isEmpty()) {
            return judgements.starved(schedule);
        }
        return judgements.of(
                Verdict.PASS,
                "Probe '" + name() + "' failed " + times(failures) + " in " + Durations.words(window.length()) + " ("
                        + schedule.account() + ") and never answered; last error: "
                        + failures.get(failures.size() - 1).detail() + "; " + judgements.source(),
                schedule.remarkable(),
                null);
    }

    private String answered(List<Observation> healthy, Instant begin, Schedule schedule) {
        return "Probe '" + name() + "' answered " + times(healthy) + " (" + schedule.account() + "), first "
                + Durations.words(Duration.between(begin, healthy.get(0).intendedAt())) + " after "
                + from.description();
    }

    private String name() {
        return judgements.probe().name();
    }

    private static String times(List<Observation> samples) {
        return samples.size() == 1 ? "once" : samples.size() + " times";
    }
}
