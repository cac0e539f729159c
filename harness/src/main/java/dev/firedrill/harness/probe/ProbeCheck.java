package dev.firedrill.harness.probe;

import dev.firedrill.harness.model.Check;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.util.Optional;

/** What can be demanded of a probe. Each demand is judged from the journal's {@code probe.sample} events alone. */
public final class ProbeCheck {
    private ProbeCheck() {}

    /** The probe whose samples a check reads; empty if it is none of these. */
    public static Optional<ProbeSpec> probeOf(Check check) {
        return check instanceof CheckOfProbe ofProbe ? Optional.of(ofProbe.probe()) : Optional.empty();
    }

    /**
     * An invariant: no sample fails between two moments. Fewer samples than half of the schedule are inconclusive, and
     * so is a window that is not over, or whose requests are still open.
     *
     * @param from the first intended start that counts
     * @param until the first that counts no more
     */
    public static Check staysHealthy(ProbeSpec probe, Moment from, Moment until) {
        return new StaysHealthyCheck(probe, from, until);
    }

    /**
     * An effect: every sample between two moments fails. Fewer samples than half of the schedule are inconclusive, and
     * so is a window that is not over, or whose requests are still open.
     *
     * @param from the first moment that counts; a sample that may have begun earlier does not
     * @param until the first that counts no more
     */
    public static Check staysFailing(ProbeSpec probe, Moment from, Moment until) {
        return new StaysFailingCheck(probe, from, until);
    }

    /**
     * An effect: every sample fails in a time that ends where something is still under way, which is the end of what
     * was seen or as much before it as a request may take. Fewer samples than half of the schedule are inconclusive.
     *
     * @param time longer than zero
     */
    public static Check failingFor(ProbeSpec probe, Duration time) {
        return new FailingForCheck(probe, time);
    }

    /** How long to wait, 5 s at the most, until everything is known of a time that is over. */
    public static Duration underWay(ProbeSpec probe) {
        return Known.underWay(probe);
    }

    /**
     * How long a window that ends after some moment which has been is worth waiting for: until it is over, and what
     * was asked in it is known.
     *
     * @return zero if its end does not lie ahead
     */
    public static Duration untilKnown(ProbeSpec probe, Moment until) {
        Duration ahead = shift(until);
        return ahead.isZero() || ahead.isNegative() ? Duration.ZERO : ahead.plus(Known.underWay(probe));
    }

    private static Duration shift(Moment moment) {
        return moment instanceof Moment.Shifted shifted
                ? shift(shifted.origin()).plus(shifted.offset())
                : Duration.ZERO;
    }

    /**
     * An effect: the probe, healthy before, fails within a deadline.
     *
     * @param since from when the deadline counts: the fault
     * @param deadline longer than zero
     */
    public static Check fails(ProbeSpec probe, Moment since, Duration deadline) {
        return new FailsCheck(probe, since, deadline);
    }

    /**
     * An invariant: within a deadline the probe is healthy, and stays so until the deadline or the end of what was
     * seen.
     *
     * @param since from when the deadline counts: the repair
     * @param deadline longer than zero
     */
    public static Check healthyAgainWithin(ProbeSpec probe, Moment since, Duration deadline) {
        return new HealthyAgainCheck(probe, since, deadline);
    }
}
