package dev.firedrill.scenarios.alerting;

import static dev.firedrill.harness.drill.Demands.alert;
import static dev.firedrill.harness.drill.Demands.nobodyIsPagedBetween;
import static dev.firedrill.harness.drill.Demands.nobodyIsPagedUntil;
import static dev.firedrill.harness.drill.Demands.probe;
import static dev.firedrill.scenarios.Verdicts.assertInconclusive;
import static dev.firedrill.scenarios.shop.Edges.dashboardData;
import static dev.firedrill.scenarios.shop.Edges.publicApi;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Action;
import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.fault.configuration.ChangedSettings;
import dev.firedrill.harness.fault.service.BrokenService;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.harness.timeline.Moment;
import dev.firedrill.scenarios.CounterTest;
import dev.firedrill.scenarios.shop.Edges;
import dev.firedrill.scenarios.shop.MonitorChecks;
import dev.firedrill.scenarios.shop.Shop;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which monitoring sees that the internal route is down. */
@Firedrill(system = Shop.class)
class BlindSpotScenario {
    static final String OUTAGE = "internal route broken";

    private static final ChangedSettings PATIENT = ChangedSettings.in(
            "monitor-config",
            "monitor.yaml",
            Map.of(
                    "checks[internal-route].enabled",
                    true,
                    "checks[internal-route].interval",
                    "1s",
                    "checks[internal-route].failures",
                    8));

    @Test
    void monitoring_of_the_public_route_alone_is_blind(Rehearsal rehearsal) {
        rehearsal.run(publicMonitoringAlone());
    }

    static Drill publicMonitoringAlone() {
        return Drill.named("public-monitoring-alone")
                .titled("The internal route breaks, and nothing that is monitored shows it")
                .watching(publicApi(), dashboardData())
                .fromSteadyState()
                .inject(OUTAGE, BrokenService.selectingNothing("ingress-internal", 8081))
                .expect(probe(dashboardData()).failsWithin(ofSeconds(5)))
                .observe(ofSeconds(3))
                .expect(probe(publicApi()).staysHealthy())
                .afterwards(nobodyIsPagedUntil(Moment.faultUndone(OUTAGE)))
                .build();
    }

    @Test
    void a_monitor_of_the_internal_route_pages_and_resolves(Rehearsal rehearsal) {
        rehearsal.run(internalMonitor());
    }

    @Test
    void an_outage_that_is_over_before_its_threshold_pages_nobody(Rehearsal rehearsal) {
        rehearsal.run(shortOutage());
    }

    static Drill shortOutage() {
        return Drill.named("short-outage")
                .titled("The internal route breaks, and is back before the monitor has seen enough of it")
                .watching(publicApi(), dashboardData())
                .reconfigure("the internal monitor is on, and fires after eight seconds", PATIENT)
                .fromSteadyState()
                .inject(OUTAGE, BrokenService.selectingNothing("ingress-internal", 8081))
                .expect(probe(dashboardData()).failsWithin(ofSeconds(5)))
                .observe(ofSeconds(2))
                .undo(OUTAGE)
                .afterwards(nobodyIsPagedBetween(Moment.faultActive(OUTAGE), Moment.faultUndone(OUTAGE)))
                .build();
    }

    @CounterTest
    void without_the_injection_nothing_is_said_of_the_alert(Rehearsal rehearsal) {
        assertInconclusive(
                rehearsal.resultOf(internalMonitor().without(Action.Inject.class::isInstance)),
                "InternalRouteDown",
                "the fault 'internal route broken'");
    }

    static Drill internalMonitor() {
        return Drill.named("internal-monitor")
                .titled("The internal route breaks, and the monitor of the internal route pages")
                .watching(publicApi(), dashboardData())
                .reconfigure("the internal monitor is on", MonitorChecks.enabling(MonitorChecks.INTERNAL_ROUTE))
                .fromSteadyState()
                .inject(OUTAGE, BrokenService.selectingNothing("ingress-internal", 8081))
                .expect(alert("InternalRouteDown")
                        .carrying("edge", Edges.INTERNAL)
                        .firesWithin(ofSeconds(6)))
                .expect(probe(publicApi()).staysHealthy())
                .undo(OUTAGE)
                .expect(alert("InternalRouteDown").resolvesWithin(ofSeconds(10)))
                .build();
    }
}
