package dev.firedrill.scenarios.network;

import static dev.firedrill.scenarios.Verdicts.assertFails;
import static dev.firedrill.scenarios.Verdicts.assertInconclusive;
import static dev.firedrill.scenarios.Verdicts.assertRed;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Action;
import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.scenarios.resync.DelayedWork;
import dev.firedrill.scenarios.shop.Shop;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the network drills guard, taken away: each goes red, for that reason. */
class InternalLinkCounterScenario {
    @Nested
    @Firedrill(system = Shop.class)
    class With_a_part_left_out {
        @Test
        void a_monitor_without_a_threshold_never_pages(Rehearsal rehearsal) {
            assertFails(
                    rehearsal.resultOf(InternalLink.slow(Map.of(), ofSeconds(2))),
                    "'InternalRouteDown'",
                    "not delivered");
        }

        @Test
        void without_the_slow_link_nothing_pages(Rehearsal rehearsal) {
            assertInconclusive(
                    rehearsal.resultOf(without(InternalLink.slow(InternalLink.threshold(), ofSeconds(1)))),
                    "'InternalRouteDown'",
                    InternalLink.SLOW);
        }

        @Test
        void without_the_cut_the_outage_that_is_to_end_never_was(Rehearsal rehearsal) {
            assertRed(
                    rehearsal.resultOf(without(InternalLink.cut())),
                    Verdict.INCONCLUSIVE,
                    "'dashboard data' fails",
                    DelayedWork.OUTAGE);
        }

        @Test
        void without_the_late_close_there_is_no_verdict_on_who_notices_it(Rehearsal rehearsal) {
            assertInconclusive(
                    rehearsal.resultOf(without(InternalLink.lateClose())), "stays healthy", InternalLink.HARM);
        }

        @Test
        void without_the_slow_connections_nobody_waits(Rehearsal rehearsal) {
            assertInconclusive(
                    rehearsal.resultOf(without(InternalLink.slowForSome(ofSeconds(1)))),
                    "in a hurry' fails",
                    InternalLink.SOME_SLOW);
        }
    }

    @Nested
    @Firedrill(system = Shop.class, variants = "api=no-idempotence")
    class With_an_api_that_does_everything_twice {
        @Test
        void work_whose_reply_was_reset_is_done_again(Rehearsal rehearsal) {
            assertRed(rehearsal.resultOf(InternalLink.replyReset()), Verdict.FAIL, "once", "");
        }
    }

    private static Drill without(Drill drill) {
        return drill.without(action -> action instanceof Action.Inject);
    }
}
