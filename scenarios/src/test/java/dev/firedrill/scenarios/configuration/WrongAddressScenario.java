package dev.firedrill.scenarios.configuration;

import static dev.firedrill.harness.drill.Demands.nobodyIsPagedBetween;
import static dev.firedrill.harness.drill.Demands.probe;
import static dev.firedrill.scenarios.Verdicts.assertInconclusive;
import static dev.firedrill.scenarios.shop.Edges.dashboardData;
import static dev.firedrill.scenarios.shop.Edges.dashboardPage;
import static dev.firedrill.scenarios.shop.Edges.publicApi;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Action;
import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.fault.configuration.WrongEndpointAddress;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.harness.timeline.Moment;
import dev.firedrill.scenarios.CounterTest;
import dev.firedrill.scenarios.shop.MonitorChecks;
import dev.firedrill.scenarios.shop.Shop;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One client has a wrong address of a peer that is well: whoever watches the peer itself sees nothing. */
@Firedrill(system = Shop.class)
class WrongAddressScenario {
    private static final String WRONG = "wrong address";
    private static final Duration BACK = ofSeconds(40);

    @Test
    void users_notice_and_a_check_of_the_peer_does_not(Rehearsal rehearsal) {
        rehearsal.run(drill(ofSeconds(15)));
    }

    @CounterTest
    void without_the_wrong_address_nobody_notices_anything(Rehearsal rehearsal) {
        assertInconclusive(
                rehearsal.resultOf(drill(ofSeconds(1)).without(action -> action instanceof Action.Inject)),
                "probe 'dashboard data' fails",
                "the fault '" + WRONG + "'");
    }

    private static Drill drill(Duration deadline) {
        return Drill.named("wrong-endpoint-address")
                .titled("The dashboard looks for its internal route where there is none")
                .watching(publicApi(), dashboardPage(), dashboardData())
                .reconfigure("the internal monitor is on", MonitorChecks.enabling(MonitorChecks.INTERNAL_ROUTE))
                .fromSteadyState()
                .inject(
                        WRONG,
                        WrongEndpointAddress.inConfigMap(
                                "dashboard-config",
                                "dashboard.yaml",
                                "ingress-internal:8081",
                                "ingress-internal:8082",
                                "http://dashboard:8080/data/users"))
                .expect(probe(dashboardData()).failsWithin(deadline))
                .expect(
                        probe(dashboardPage()).staysHealthy(),
                        probe(publicApi()).staysHealthy())
                .observe(ofSeconds(2))
                .undo(WRONG)
                .expect(probe(dashboardData()).isHealthyAgainWithin(BACK))
                .afterwards(nobodyIsPagedBetween(Moment.faultActive(WRONG), Moment.faultUndone(WRONG)))
                .build();
    }
}
