package dev.firedrill.harness.probe;

import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.timeline.Moment;
import dev.firedrill.harness.timeline.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether everything is known of a probe in a window. A prober writes a sample for every tick of its schedule, as soon
 * as it is known what became of it; a tick without one is a request that is still open, and may yet fail or be
 * answered.
 */
final class Known {
    /** Later than this after its intended start, a request is not merely under way. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(5);

    /** What comes from the agent is on its way into the journal for a while. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);

    private Known() {}

    /**
     * The first tick of a window of which nothing is known yet. At the end of what was seen there is always something
     * under way: if the window ends there, that alone is left out.
     *
     * @param all the probe's samples, in the order of their intended starts; one at least
     * @param until the end of the window
     * @return empty if everything is known
     */
    static Optional<Instant> gap(
            ProbeSpec probe, List<Observation> all, Window window, Moment until, List<TimelineEvent> events) {
        Instant end = until.equals(Moment.end()) ? window.end().minus(underWay(probe)) : window.end();
        Instant now = Moment.end().in(events).orElse(window.end());
        Instant next = all.get(0).intendedAt();
        for (Observation sample : all) {
            Instant before = sample.intendedAt().minus(probe.interval());
            if (isMissing(probe, next, sample) && !before.isBefore(window.begin()) && mayCome(probe, before, now)) {
                break;
            }
            next = sample.intendedAt().plus(probe.interval());
        }
        Instant gap = next.isBefore(window.begin()) ? window.begin() : next;
        return gap.isBefore(end) ? Optional.of(gap) : Optional.empty();
    }

    /**
     * The end of what is known: the first tick that is still under way at the end of what was seen, or that end.
     *
     * @param all the probe's samples, in the order of their intended starts; one at least
     */
    static Instant before(ProbeSpec probe, List<Observation> all, Instant end, List<TimelineEvent> events) {
        Window tail = new Window(end.minus(underWay(probe)), end);
        return gap(probe, all, tail, Moment.at(end), events).orElse(end);
    }

    private static boolean isMissing(ProbeSpec probe, Instant next, Observation sample) {
        return Duration.between(next, sample.intendedAt())
                        .compareTo(probe.interval().dividedBy(2))
                > 0;
    }

    /** What has no sample although its time has long been over was lost, as when the prober was killed. */
    private static boolean mayCome(ProbeSpec probe, Instant tick, Instant now) {
        return !tick.plus(probe.longestAnswer()).plus(ON_ITS_WAY).isBefore(now);
    }

    /** How long a request is merely under way. */
    static Duration underWay(ProbeSpec probe) {
        Duration longest = probe.longestAnswer();
        return longest.compareTo(UNDER_WAY) < 0 ? longest : UNDER_WAY;
    }
}
