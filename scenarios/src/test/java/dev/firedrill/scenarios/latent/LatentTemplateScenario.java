package dev.firedrill.scenarios.latent;

import static dev.firedrill.scenarios.Verdicts.assertRed;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.fault.configuration.WrongConfigValue;
import dev.firedrill.harness.fault.workload.BadImage;
import dev.firedrill.harness.fault.workload.PodEviction;
import dev.firedrill.harness.fault.workload.PodKill;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.scenarios.CounterTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Mistakes in what a pod is made from: the pod that is there knows nothing of them, and its successor does. */
@Firedrill(system = UnrolledShop.class)
class LatentTemplateScenario {
    private static final Map<String, String> POD = Map.of("app", UnrolledShop.API);

    @Test
    void a_bad_image_is_surfaced_by_an_eviction(Rehearsal rehearsal) {
        rehearsal.run(badImage(ofSeconds(10)));
    }

    @CounterTest
    void an_eviction_alone_surfaces_nothing_that_lasts(Rehearsal rehearsal) {
        assertRed(
                rehearsal.resultOf(badImage(ofSeconds(20)).without(Latent::plants)),
                Verdict.FAIL,
                "'public api' fails all the time",
                "answered");
    }

    @Test
    void a_wrong_environment_value_is_surfaced_by_a_crash(Rehearsal rehearsal) {
        rehearsal.run(wrongValue());
    }

    @CounterTest
    void a_crash_alone_surfaces_nothing_that_lasts(Rehearsal rehearsal) {
        assertRed(
                rehearsal.resultOf(wrongValue().without(Latent::plants)),
                Verdict.FAIL,
                "'dashboard data' fails all the time",
                "answered");
    }

    private static Drill badImage(Duration back) {
        return Latent.withoutTheApi(
                "latent-bad-image", BadImage.inReplicaSet(UnrolledShop.API), PodEviction.of(POD), back);
    }

    private static Drill wrongValue() {
        return Latent.withoutData(
                "latent-environment",
                WrongConfigValue.in(UnrolledShop.SETTINGS, UnrolledShop.TOKEN, "nobody-knows-this"),
                PodKill.of(POD));
    }
}
