package dev.firedrill.scenarios.alerting;

import static dev.firedrill.scenarios.Verdicts.assertInconclusive;
import static dev.firedrill.scenarios.Verdicts.assertRed;

import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.scenarios.shop.Shop;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the alerting scenarios guard, broken on purpose: each goes red, for that reason. */
class PagerCounterScenario {
    @Nested
    @Firedrill(system = Shop.class, variants = "monitor=never-sends")
    class With_a_monitor_that_never_sends {
        @Test
        void the_alert_is_missed(Rehearsal rehearsal) {
            assertInconclusive(
                    rehearsal.resultOf(BlindSpotScenario.internalMonitor()), "'InternalRouteDown'", "canary");
        }

        @Test
        void silence_is_not_believed(Rehearsal rehearsal) {
            assertInconclusive(
                    rehearsal.resultOf(BlindSpotScenario.publicMonitoringAlone()), "nobody is paged", "canary");
        }
    }

    @Nested
    @Firedrill(system = Shop.class, variants = "agent=drops")
    class With_a_pager_that_is_deaf {
        @Test
        void silence_is_not_believed(Rehearsal rehearsal) {
            assertInconclusive(
                    rehearsal.resultOf(BlindSpotScenario.publicMonitoringAlone()), "nobody is paged", "canary");
        }
    }

    @Nested
    @Firedrill(system = Shop.class, variants = "monitor=never-resolves")
    class With_a_monitor_that_never_resolves {
        @Test
        void the_alert_that_stays_is_named(Rehearsal rehearsal) {
            assertRed(
                    rehearsal.resultOf(BlindSpotScenario.internalMonitor()),
                    Verdict.FAIL,
                    "'InternalRouteDown' resolves",
                    "still firing");
        }
    }
}
