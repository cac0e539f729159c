package dev.firedrill.scenarios.resync;

import static dev.firedrill.scenarios.Verdicts.assertRed;

import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
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
