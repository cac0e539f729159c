package dev.firedrill.scenarios.services;

import static dev.firedrill.harness.drill.Demands.alert;
import static dev.firedrill.harness.drill.Demands.probe;
import static dev.firedrill.scenarios.shop.Edges.dashboardData;
import static dev.firedrill.scenarios.shop.Edges.dashboardPage;
import static dev.firedrill.scenarios.shop.Edges.publicApi;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.service.BrokenService;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.scenarios.shop.Edges;
import dev.firedrill.scenarios.shop.MonitorChecks;
import dev.firedrill.scenarios.shop.Shop;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The Service of the internal route breaks while the public one is well: the internal monitor must page. */
@Firedrill(system = Shop.class)
class BrokenInternalServiceScenario {
    private static final String SERVICE = "ingress-internal";
    private static final int PORT = 8081;

    @Test
    void a_selector_that_names_another_program_pages(Rehearsal rehearsal) {
        rehearsal.run(drill("wrong-selector", BrokenService.selecting(SERVICE, PORT, Map.of("app", "monitor"))));
    }

    @Test
    void a_wrong_target_port_pages(Rehearsal rehearsal) {
        rehearsal.run(drill("wrong-port", BrokenService.withTargetPort(SERVICE, PORT, 9)));
    }

    @Test
    void a_service_without_endpoints_pages(Rehearsal rehearsal) {
        rehearsal.run(drill("no-endpoints", BrokenService.selectingNothing(SERVICE, PORT)));
    }

    private static Drill drill(String name, Fault fault) {
        return Drill.named(name)
                .titled("The Service of the internal route breaks: "
                        + fault.describe().harm())
                .watching(publicApi(), dashboardPage(), dashboardData())
                .reconfigure("the internal monitor is on", MonitorChecks.enabling(MonitorChecks.INTERNAL_ROUTE))
                .fromSteadyState()
                .inject(name, fault)
                .expect(probe(dashboardData()).failsWithin(ofSeconds(5)))
                .expect(alert("InternalRouteDown")
                        .carrying("edge", Edges.INTERNAL)
                        .firesWithin(ofSeconds(6)))
                .expect(
                        probe(publicApi()).staysHealthy(),
                        probe(dashboardPage()).staysHealthy())
                .undo(name)
                .expect(alert("InternalRouteDown").resolvesWithin(ofSeconds(10)))
                .build();
    }
}
