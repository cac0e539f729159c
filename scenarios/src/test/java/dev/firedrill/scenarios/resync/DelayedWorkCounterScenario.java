package dev.firedrill.scenarios.resync;

import static dev.firedrill.harness.drill.Demands.resyncIsComplete;
import static dev.firedrill.scenarios.Verdicts.assertInconclusive;
import static dev.firedrill.scenarios.Verdicts.assertRed;
import static dev.firedrill.scenarios.shop.Edges.publicApi;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.DrillResult;
import dev.firedrill.harness.drill.Expectation;
import dev.firedrill.harness.fault.service.BrokenService;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.harness.model.Check;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.scenarios.shop.Shop;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Systems with one bug in their delayed work: the drills go red, and say which change it was. */
class DelayedWorkCounterScenario {
    @Nested
    @Firedrill(system = Shop.class, variants = "api=no-version-check")
    class With_an_api_that_does_not_look_at_versions {
        @Test
        void a_late_retry_that_overwrites_newer_content_is_found(Rehearsal rehearsal) {
            assertRed(
                    rehearsal.resultOf(DelayedWork.givenUpAndRetried()),
                    Verdict.FAIL,
                    "no late change overwrites",
                    "version 3");
        }
    }

    @Nested
    @Firedrill(system = ClosingShop.class)
    class With_an_api_that_cannot_be_read_any_more {
        @Test
        void nothing_is_said_of_what_it_did_since(Rehearsal rehearsal) {
            DrillResult result = rehearsal.resultOf(Drill.named("target-that-closes")
                    .watching(publicApi())
                    .fromSteadyState()
                    .edit("before", "welcome")
                    .observe(ofSeconds(1))
                    .inject(DelayedWork.OUTAGE, BrokenService.selectingNothing("ingress-internal", 8081))
                    .edit("during", "welcome", "invoice-paid")
                    .undo(DelayedWork.OUTAGE)
                    .edit("after", "welcome")
                    .expect(since -> Expectation.within(ofSeconds(15), ClosingShop.ARRIVED))
                    .afterwards(resyncIsComplete())
                    .build());

            for (Check check : resyncIsComplete()) {
                assertInconclusive(result, check.expectation(), "could not be read since (HTTP 503)");
            }
        }
    }

    @Nested
    @Firedrill(system = Shop.class, variants = "api=forgets")
    class With_an_api_that_forgets {
        @Test
        void changes_that_are_lost_are_found(Rehearsal rehearsal) {
            assertRed(
                    rehearsal.resultOf(DelayedWork.throughAnOutage()),
                    Verdict.FAIL,
                    "what is served equals what was accepted",
                    "instead of version");
        }
    }

    @Nested
    @Firedrill(system = Shop.class, variants = "dashboard=drops-jobs")
    class With_a_dashboard_that_drops_jobs {
        @Test
        void changes_that_are_lost_are_found(Rehearsal rehearsal) {
            assertRed(
                    rehearsal.resultOf(DelayedWork.givenUpAndRetried()),
                    Verdict.FAIL,
                    "every accepted change arrives",
                    "welcome");
        }
    }

    @Nested
    @Firedrill(system = Shop.class, variants = "dashboard=retries-blindly")
    class With_a_dashboard_that_retries_blindly {
        @Test
        void a_change_that_arrives_under_another_id_is_found(Rehearsal rehearsal) {
            assertRed(
                    rehearsal.resultOf(DelayedWork.throughAnOutage()),
                    Verdict.FAIL,
                    "nothing arrives that was never accepted",
                    "");
        }
    }
}
