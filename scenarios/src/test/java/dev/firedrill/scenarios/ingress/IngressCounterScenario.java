package dev.firedrill.scenarios.ingress;

import static dev.firedrill.scenarios.Verdicts.assertFails;
import static dev.firedrill.scenarios.Verdicts.assertInconclusive;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.drill.Action;
import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.InjectionPhase;
import dev.firedrill.harness.fault.Proof;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.scenarios.shop.Edges;
import dev.firedrill.scenarios.shop.Shop;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the ingress scenarios guard, broken on purpose: each goes red, for that reason. */
class IngressCounterScenario {
    @Nested
    @Firedrill(system = Shop.class, variants = "ingress-proxy=drops-routes-without-controller")
    class With_a_data_plane_that_needs_its_controller {
        @Test
        void users_notice_that_the_controller_is_away(Rehearsal rehearsal) {
            assertFails(
                    rehearsal.resultOf(ControllerRestartScenario.controllerAway()),
                    "'public api' stays healthy",
                    "failed");
        }
    }

    @Nested
    @Firedrill(system = Shop.class)
    class With_a_part_of_the_fault_left_out {
        @Test
        void a_trigger_without_a_plant_proves_nothing(Rehearsal rehearsal) {
            assertInconclusive(
                    rehearsal.resultOf(LatentRoute.restartThenResync().without(IngressCounterScenario::plants)),
                    "'wrong internal route' is surfaced",
                    "no proof");
        }

        @Test
        void a_plant_that_is_never_triggered_proves_nothing(Rehearsal rehearsal) {
            assertInconclusive(
                    rehearsal.resultOf(LatentRoute.restartThenResync().without(IngressCounterScenario::triggers)),
                    "'dashboard data' fails",
                    "the fault 'wrong internal route'");
        }

        @Test
        void a_proof_that_crashes_proves_nothing_and_the_fault_is_taken_back(Rehearsal rehearsal, Stage stage) {
            assertInconclusive(
                    rehearsal.resultOf(Drill.named("crashing-proof")
                            .watching(Edges.publicApi())
                            .fromSteadyState()
                            .plant("a change that cannot be proven", crashing())
                            .build()),
                    "a change that cannot be proven",
                    "the proof itself failed: java.lang.IllegalStateException: out of order");

            assertThat(stage.cluster()
                            .client()
                            .configMaps()
                            .inNamespace(stage.namespace())
                            .withName("ingress-class-internal")
                            .get()
                            .getData())
                    .containsEntry("upstream-domain", "svc.cluster.local");
        }

        @Test
        void an_undo_that_is_left_out_is_named_by_what_stays(Rehearsal rehearsal, Stage stage) {
            try {
                assertFails(
                        rehearsal.resultOf(Drill.named("undo-left-out")
                                .watching(Edges.publicApi())
                                .fromSteadyState()
                                .inject("a change that is in no plan", unplanned())
                                .build()),
                        "nothing is left behind",
                        "ConfigMap/ingress-class-internal");
            } finally {
                set(stage.cluster().client(), stage.namespace(), "svc.cluster.local");
            }
        }
    }

    private static void set(KubernetesClient client, String namespace, String domain) {
        client.configMaps()
                .inNamespace(namespace)
                .withName("ingress-class-internal")
                .edit(map -> map.edit().addToData("upstream-domain", domain).build());
    }

    private static boolean plants(Action action) {
        return action instanceof Action.Inject inject && inject.phase() == InjectionPhase.PLANT;
    }

    private static boolean triggers(Action action) {
        return action instanceof Action.Inject inject && inject.phase() == InjectionPhase.TRIGGER;
    }

    /** A fault as it should be, but for its proof. */
    private static Fault crashing() {
        return new Spoilt(Edges.wrongInternalDomain()::plan, new Look(Duration.ofMillis(200), true, scene -> {
            throw new IllegalStateException("out of order");
        }));
    }

    /** Changes something that its plan does not have, so that nobody can undo it. */
    private static Fault unplanned() {
        AtomicInteger asked = new AtomicInteger();
        return new Spoilt(
                scene -> {
                    set(scene.client(), scene.namespace(), "svc.cluster.internal");
                    return new FaultPlan(List.of(), "nothing that it says");
                },
                new Look(
                        Edges.wrongInternalDomain().proof().within(),
                        false,
                        scene -> asked.getAndIncrement() == 0 ? Optional.empty() : wrongDomain(scene)));
    }

    private static Optional<String> wrongDomain(FaultScene scene) {
        return Optional.ofNullable(scene.client()
                        .configMaps()
                        .inNamespace(scene.namespace())
                        .withName("ingress-class-internal")
                        .get())
                .map(map -> map.getData().get("upstream-domain"))
                .filter("svc.cluster.internal"::equals);
    }

    /** The wrong internal route, with a plan or a proof that is not as it should be. */
    private record Spoilt(Function<FaultScene, FaultPlan> planned, Proof proof) implements Fault {
        @Override
        public FaultDescription describe() {
            return Edges.wrongInternalDomain().describe();
        }

        @Override
        public FaultPlan plan(FaultScene scene) {
            return planned.apply(scene);
        }
    }

    /** A proof that looks for the value in some way. */
    private record Look(Duration within, boolean readsBack, Function<FaultScene, Optional<String>> at)
            implements Proof {
        @Override
        public String describe() {
            return "the value is there";
        }

        @Override
        public Optional<String> evidence(FaultScene scene, FaultPlan plan) {
            return at.apply(scene);
        }
    }
}
