package dev.firedrill.scenarios.ingress;

import static dev.firedrill.harness.drill.Demands.alert;
import static dev.firedrill.harness.drill.Demands.probe;
import static dev.firedrill.scenarios.shop.Edges.dashboardData;
import static dev.firedrill.scenarios.shop.Edges.publicApi;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.fault.workload.PodKill;
import dev.firedrill.harness.fault.workload.PodRestart;
import dev.firedrill.harness.fault.workload.ScaledDown;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.scenarios.shop.Shop;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A part of the ingress goes away and comes back: no user notices a controller, and every user its data plane. */
@Firedrill(system = Shop.class)
class ControllerRestartScenario {
    @Test
    void a_restart_alone_pages_resolves_itself_and_no_user_notices(Rehearsal rehearsal) {
        rehearsal.run(Drill.named("standby-restart")
                .titled("A standby of the ingress controller restarts")
                .watching(publicApi(), dashboardData())
                .fromSteadyState()
                .inject("standby restart", PodRestart.of(Map.of("role", "standby")))
                .expect(alert("IngressControllerDown").firesWithin(ofSeconds(5)))
                .expect(alert("IngressControllerDown").resolvesWithin(ofSeconds(20)))
                .expect(
                        probe(publicApi()).staysHealthy(),
                        probe(dashboardData()).staysHealthy())
                .build());
    }

    @Test
    void without_any_controller_the_routes_go_on_as_they_were(Rehearsal rehearsal) {
        rehearsal.run(controllerAway());
    }

    static Drill controllerAway() {
        return Drill.named("controller-away")
                .titled("Every replica of the ingress controller is away")
                .watching(publicApi(), dashboardData())
                .fromSteadyState()
                .inject("controller away", ScaledDown.toZero("ingress-controller"))
                .observe(ofSeconds(3))
                .expect(
                        probe(publicApi()).staysHealthy(),
                        probe(dashboardData()).staysHealthy())
                .build();
    }

    @Test
    void a_kill_of_the_data_plane_is_noticed_by_every_user_until_it_is_back(Rehearsal rehearsal) {
        rehearsal.run(Drill.named("data-plane-kill")
                .titled("The ingress's data plane is killed, and starts with the routes that it had")
                .watching(publicApi(), dashboardData())
                .fromSteadyState()
                .inject("data plane kill", PodKill.of(Map.of("app", "ingress-proxy")))
                .expect(
                        probe(publicApi()).failsWithin(ofSeconds(5)),
                        probe(dashboardData()).failsWithin(ofSeconds(5)))
                .expect(
                        probe(publicApi()).isHealthyAgainWithin(ofSeconds(40)),
                        probe(dashboardData()).isHealthyAgainWithin(ofSeconds(40)))
                .build());
    }

    @Test
    void a_mistake_lies_unseen_through_a_restart_and_surfaces_at_the_resync(Rehearsal rehearsal) {
        rehearsal.run(LatentRoute.restartThenResync());
    }
}
