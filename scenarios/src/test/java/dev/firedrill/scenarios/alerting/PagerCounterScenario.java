package dev.firedrill.scenarios.alerting;

import static dev.firedrill.harness.drill.Demands.alert;
import static dev.firedrill.scenarios.Verdicts.assertFails;
import static dev.firedrill.scenarios.Verdicts.assertInconclusive;
import static dev.firedrill.scenarios.Verdicts.assertRed;
import static dev.firedrill.scenarios.shop.Edges.publicApi;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.fault.configuration.ChangedSettings;
import dev.firedrill.harness.fault.service.BrokenService;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.scenarios.shop.MonitorChecks;
import dev.firedrill.scenarios.shop.Shop;
import java.time.Duration;
import java.util.Map;
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

    @Nested
    @Firedrill(system = Shop.class, variants = "monitor=never-waits")
    class With_a_monitor_that_never_waits {
        @Test
        void somebody_is_paged_for_an_outage_that_is_over(Rehearsal rehearsal) {
            assertFails(
                    rehearsal.resultOf(BlindSpotScenario.shortOutage()),
                    "nobody is paged",
                    "Paged by 'InternalRouteDown' ");
        }
    }

    @Nested
    @Firedrill(system = Shop.class)
    class With_a_monitor_that_starts_anew {
        /** For so long after its start the monitor forgives a check that has not passed yet. */
        private static final Duration GRACE = ofSeconds(10);

        @Test
        void an_alert_that_only_pauses_has_not_resolved(Rehearsal rehearsal) {
            assertFails(
                    rehearsal.resultOf(Drill.named("alert-that-pauses")
                            .watching(publicApi())
                            .reconfigure(
                                    "the internal monitor is on", MonitorChecks.enabling(MonitorChecks.INTERNAL_ROUTE))
                            .observe(GRACE)
                            .fromSteadyState()
                            .inject(BlindSpotScenario.OUTAGE, BrokenService.selectingNothing("ingress-internal", 8081))
                            .expect(alert("InternalRouteDown").firesWithin(ofSeconds(6)))
                            .reconfigure(
                                    "the check is made more often",
                                    ChangedSettings.in(
                                            "monitor-config",
                                            "monitor.yaml",
                                            Map.of("checks[internal-route].interval", "200ms")))
                            .expect(alert("InternalRouteDown").resolvesWithin(ofSeconds(10)))
                            .observe(ofSeconds(4))
                            .build()),
                    "alerts that resolved do not fire again",
                    "Alert 'InternalRouteDown' was judged to be resolved at ");
        }
    }
}
