package dev.firedrill.harness.drill;

import dev.firedrill.harness.alert.AlertCheck;
import dev.firedrill.harness.alert.AlertMatch;
import dev.firedrill.harness.model.Check;
import dev.firedrill.harness.probe.ProbeCheck;
import dev.firedrill.harness.probe.ProbeSpec;
import dev.firedrill.harness.resync.Windows;
import dev.firedrill.harness.resync.WorkCheck;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;

/**
 * The words in which drills demand things; import them statically.
 *
 * <pre>{@code
 * .expect(alert("InternalRouteDown").firesWithin(ofSeconds(5)), probe(publicApi).staysHealthy())
 * }</pre>
 */
public final class Demands {
    /** How much longer than its deadline an expectation is waited for, so that a late arrival is named as late. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private Demands() {}

    /** Speaks of an alert by its name. */
    public static AlertDemand alert(String name) {
        return new AlertDemand(AlertMatch.named(name));
    }

    /** Speaks of a probe of the drill. */
    public static ProbeDemand probe(ProbeSpec spec) {
        return new ProbeDemand(spec);
    }

    /**
     * An invariant: nobody is paged from the last fault or undo on until another moment. Demand it {@code afterwards},
     * since it is believed only when the pager's canary was paged before and after, and only of a time that is as long
     * as the canary's way.
     */
    public static Demand nobodyIsPagedUntil(Moment until) {
        return since -> Expectation.within(GRACE, AlertCheck.silence(AlertMatch.any(), since, until));
    }

    /**
     * An invariant: nobody is paged from one moment to another, as from a fault that has been put back meanwhile.
     * Demand it {@code afterwards}, as {@link #nobodyIsPagedUntil}, which counts from what was done last.
     */
    public static Demand nobodyIsPagedBetween(Moment from, Moment until) {
        return since -> Expectation.within(GRACE, AlertCheck.silence(AlertMatch.any(), from, until));
    }

    /**
     * Invariants: every accepted change arrived, once, in order, and the public route serves the newest. Demand them
     * {@code afterwards}; they need edits of one key before, during and after the fault.
     */
    public static Check[] resyncIsComplete() {
        return WorkCheck.all(Windows.BEFORE_DURING_AFTER).toArray(Check[]::new);
    }

    /** What can be demanded of an alert. */
    public record AlertDemand(AlertMatch match) {
        /** Of these, the one that carries a label, such as that of the edge that broke. */
        public AlertDemand carrying(String label, String value) {
            return new AlertDemand(match.withLabel(label, value));
        }

        /** An effect: it is delivered in time; longer than zero. */
        public Demand firesWithin(Duration deadline) {
            return since -> Expectation.within(deadline.plus(GRACE), AlertCheck.fires(match, since, deadline));
        }

        /** An effect: it is delivered as resolved in time; longer than zero. */
        public Demand resolvesWithin(Duration deadline) {
            return since -> Expectation.within(deadline.plus(GRACE), AlertCheck.resolves(match, since, deadline));
        }

        /** An invariant: it does not come until then; see {@link Demands#nobodyIsPagedUntil}. */
        public Demand staysSilentUntil(Moment until) {
            return since -> Expectation.within(GRACE, AlertCheck.silence(match, since, until));
        }
    }

    /** What can be demanded of a probe. */
    public record ProbeDemand(ProbeSpec spec) {
        /**
         * An invariant: no sample fails from that moment to when it is judged. After an undo that moment is its
         * beginning: {@link #isHealthyAgainWithin} is for what the fault harmed.
         */
        public Demand staysHealthy() {
            return since -> Expectation.within(GRACE, ProbeCheck.staysHealthy(spec, since, Moment.end()));
        }

        /** An invariant: no sample fails from that moment to another; if that lies ahead, it is waited for. */
        public Demand staysHealthyUntil(Moment until) {
            Duration patience = GRACE.plus(ProbeCheck.untilKnown(spec, until));
            return since -> Expectation.within(patience, ProbeCheck.staysHealthy(spec, since, until));
        }

        /** An effect: it fails in time; longer than zero. */
        public Demand failsWithin(Duration deadline) {
            return since -> Expectation.within(deadline.plus(GRACE), ProbeCheck.fails(spec, since, deadline));
        }

        /** An effect: no sample is healthy for this long until it is judged; longer than zero. */
        public Demand hasFailedFor(Duration time) {
            Duration patience = GRACE.plus(ProbeCheck.underWay(spec));
            return since -> Expectation.within(patience, ProbeCheck.failingFor(spec, time));
        }

        /** An invariant: it is healthy in time and stays so; longer than zero. */
        public Demand isHealthyAgainWithin(Duration deadline) {
            return since ->
                    Expectation.within(deadline.plus(GRACE), ProbeCheck.healthyAgainWithin(spec, since, deadline));
        }
    }
}
