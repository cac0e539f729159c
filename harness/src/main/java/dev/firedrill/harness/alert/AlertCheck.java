package dev.firedrill.harness.alert;

import dev.firedrill.harness.model.Check;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What can be demanded of the pager. Each demand is judged from the journal's events alone; canaries never count. */
public final class AlertCheck {
    private AlertCheck() {}

    /**
     * An effect: an alert is delivered within a deadline. Alerts that were firing before are not counted.
     *
     * @param match which; it must carry these labels
     * @param since from when the deadline counts: the fault
     * @param deadline longer than zero
     */
    public static Check fires(AlertMatch match, Moment since, Duration deadline) {
        return new FiresCheck(match, since, deadline);
    }

    /**
     * An effect: an alert that fires at a moment, or does after it, is reported as resolved within a deadline of it. It
     * passes at once; that it lasts is judged when the drill has ended, by {@link #staysResolved}.
     *
     * @param match which; if several match, all must resolve
     * @param since from when the deadline counts: the <em>beginning</em> of the repair, since an alert may resolve
     *     before the repair is recorded as done
     * @param deadline longer than zero
     */
    public static Check resolves(AlertMatch match, Moment since, Duration deadline) {
        return new ResolvesCheck(match, since, deadline);
    }

    /**
     * An invariant, to be judged when a drill has ended: what some of its checks judged to be {@link #resolves
     * resolved} does not fire again.
     *
     * @param checks all that the drill demanded while it went on
     * @param events with the verdicts on them
     * @return empty if nothing was judged to be resolved
     */
    public static Optional<StaysResolvedCheck> staysResolved(List<Check> checks, List<TimelineEvent> events) {
        return StaysResolvedCheck.of(checks, events);
    }

    /**
     * An invariant: nobody is paged between two moments, alerts aside that were firing before. Believed only if a
     * canary was paged before and another was asked for after the window and paged.
     *
     * @param match what must not come; {@link AlertMatch#any()} for anything at all
     */
    public static Check silence(AlertMatch match, Moment from, Moment until) {
        return new SilenceCheck(match, from, until);
    }
}
