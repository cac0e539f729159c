package dev.firedrill.scenarios.ingress;

import static dev.firedrill.harness.drill.Demands.alert;
import static dev.firedrill.harness.drill.Demands.probe;
import static dev.firedrill.scenarios.shop.Edges.dashboardData;
import static dev.firedrill.scenarios.shop.Edges.dashboardPage;
import static dev.firedrill.scenarios.shop.Edges.publicApi;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.fault.workload.PodRestart;
import dev.firedrill.scenarios.shop.Edges;
import java.util.Map;

/** The incident's mistake as a drill: planted, invisible through a standby's restart, surfaced by the resync. */
final class LatentRoute {
    private static final String MISTAKE = "wrong internal route";

    private LatentRoute() {}

    static Drill restartThenResync() {
        return Drill.named("restart-then-resync")
                .titled("A latent internal route, a restart, and the resync that surfaces it")
                .because("Planting must be invisible; what surfaces it is the controller reading everything anew.")
                .watching(publicApi(), dashboardPage(), dashboardData())
                .fromSteadyState()
                .plant(MISTAKE, Edges.wrongInternalDomain())
                .inject("standby restart", PodRestart.of(Map.of("role", "standby")))
                .expect(alert("IngressControllerDown").firesWithin(ofSeconds(5)))
                .expect(probe(dashboardData()).staysHealthy())
                .trigger(MISTAKE, Edges.resyncSurfacingTheInternalRoute())
                .expect(probe(dashboardData()).failsWithin(ofSeconds(3)))
                .expect(
                        probe(publicApi()).staysHealthy(),
                        probe(dashboardPage()).staysHealthy())
                .undo(MISTAKE)
                .expect(probe(dashboardData()).isHealthyAgainWithin(ofSeconds(5)))
                .build();
    }
}
