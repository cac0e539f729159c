package dev.firedrill.scenarios.latent;

import static dev.firedrill.harness.drill.Demands.nobodyIsPagedUntil;
import static dev.firedrill.harness.drill.Demands.probe;
import static dev.firedrill.scenarios.Verdicts.assertRed;
import static dev.firedrill.scenarios.shop.Edges.dashboardData;
import static dev.firedrill.scenarios.shop.Edges.publicApi;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Action;
import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.InjectionPhase;
import dev.firedrill.harness.fault.configuration.RotatedSecret;
import dev.firedrill.harness.fault.service.PinnedService;
import dev.firedrill.harness.fault.workload.PodKill;
import dev.firedrill.harness.fault.workload.RollingRestart;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Moment;
import dev.firedrill.scenarios.shop.MonitorChecks;
import dev.firedrill.scenarios.shop.Shop;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A mistake is made, nothing shows it and nobody is paged, until an everyday event surfaces it. */
@Firedrill(system = Shop.class)
class LatentScenario {
    private static final String MISTAKE = "mistake";
    private static final Duration BACK = ofSeconds(40);
    private static final Duration LONG_ENOUGH = ofSeconds(2);

    @Test
    void a_service_pinned_to_a_revision_is_surfaced_by_a_roll_out(Rehearsal rehearsal) {
        rehearsal.run(pinnedService());
    }

    @Test
    void a_roll_out_alone_surfaces_nothing(Rehearsal rehearsal) {
        assertRed(
                rehearsal.resultOf(pinnedService().without(LatentScenario::plants)),
                Verdict.FAIL,
                "'dashboard data' fails all the time",
                "answered");
    }

    @Test
    void a_secret_rotated_on_one_side_is_surfaced_by_a_crash(Rehearsal rehearsal) {
        rehearsal.run(rotatedSecret());
    }

    @Test
    void a_crash_alone_surfaces_nothing_that_lasts(Rehearsal rehearsal) {
        assertRed(
                rehearsal.resultOf(rotatedSecret().without(LatentScenario::plants)),
                Verdict.FAIL,
                "'dashboard data' fails all the time",
                "answered");
    }

    private static Drill pinnedService() {
        return latent("pinned-service", PinnedService.of("ingress-internal"), RollingRestart.of("ingress-proxy"));
    }

    private static Drill rotatedSecret() {
        return latent(
                "rotated-secret", RotatedSecret.in("api-internal-token", "token"), PodKill.of(Map.of("app", "api")));
    }

    private static Drill latent(String name, Fault mistake, Fault event) {
        return Drill.named(name)
                .titled("Unseen until an everyday event: " + mistake.describe().harm())
                .watching(publicApi(), dashboardData())
                .reconfigure("the internal monitor is on", MonitorChecks.enabling(MonitorChecks.INTERNAL_ROUTE))
                .fromSteadyState()
                .plant(MISTAKE, mistake)
                .observe(LONG_ENOUGH)
                .expect(
                        probe(publicApi()).staysHealthy(),
                        probe(dashboardData()).staysHealthy())
                .afterwards(nobodyIsPagedUntil(Moment.faultActive(MISTAKE)))
                .trigger(MISTAKE, event)
                .expect(probe(publicApi()).isHealthyAgainWithin(BACK))
                .observe(LONG_ENOUGH)
                .expect(probe(dashboardData()).hasFailedFor(LONG_ENOUGH))
                .undo(MISTAKE)
                .expect(probe(dashboardData()).isHealthyAgainWithin(BACK))
                .build();
    }

    private static boolean plants(Action action) {
        return action instanceof Action.Inject inject && inject.phase() == InjectionPhase.PLANT;
    }
}
