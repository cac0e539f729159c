package dev.firedrill.scenarios.latent;

import static dev.firedrill.scenarios.Verdicts.assertRed;

import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.fault.configuration.RotatedSecret;
import dev.firedrill.harness.fault.service.PinnedService;
import dev.firedrill.harness.fault.workload.PodKill;
import dev.firedrill.harness.fault.workload.RollingRestart;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.scenarios.CounterTest;
import dev.firedrill.scenarios.shop.Shop;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A mistake is made, nothing shows it and nobody is paged, until an everyday event surfaces it. */
@Firedrill(system = Shop.class)
class LatentScenario {
    @Test
    void a_service_pinned_to_a_revision_is_surfaced_by_a_roll_out(Rehearsal rehearsal) {
        rehearsal.run(pinnedService());
    }

    @CounterTest
    void a_roll_out_alone_surfaces_nothing(Rehearsal rehearsal) {
        assertRed(
                rehearsal.resultOf(pinnedService().without(Latent::plants)),
                Verdict.FAIL,
                "'dashboard data' fails all the time",
                "answered");
    }

    @Test
    void a_secret_rotated_on_one_side_is_surfaced_by_a_crash(Rehearsal rehearsal) {
        rehearsal.run(rotatedSecret());
    }

    @CounterTest
    void a_crash_alone_surfaces_nothing_that_lasts(Rehearsal rehearsal) {
        assertRed(
                rehearsal.resultOf(rotatedSecret().without(Latent::plants)),
                Verdict.FAIL,
                "'dashboard data' fails all the time",
                "answered");
    }

    private static Drill pinnedService() {
        return Latent.withoutData(
                "pinned-service", PinnedService.of("ingress-internal"), RollingRestart.of("ingress-proxy"));
    }

    private static Drill rotatedSecret() {
        return Latent.withoutData(
                "rotated-secret", RotatedSecret.in("api-internal-token", "token"), PodKill.of(Map.of("app", "api")));
    }
}
