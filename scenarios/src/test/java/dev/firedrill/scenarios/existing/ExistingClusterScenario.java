package dev.firedrill.scenarios.existing;

import static dev.firedrill.harness.drill.Demands.alert;
import static dev.firedrill.harness.drill.Demands.probe;
import static dev.firedrill.scenarios.Verdicts.assertInconclusive;
import static dev.firedrill.scenarios.shop.Edges.dashboardData;
import static dev.firedrill.scenarios.shop.Edges.publicApi;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterKind;
import dev.firedrill.harness.cluster.Clusters;
import dev.firedrill.harness.cluster.Permissions;
import dev.firedrill.harness.cluster.Safeguards;
import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.DrillResult;
import dev.firedrill.harness.drill.DrillRunner;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.drill.StageRequest;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultEngine;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.InjectionPhase;
import dev.firedrill.harness.fault.network.SlowLink;
import dev.firedrill.harness.fault.service.BrokenService;
import dev.firedrill.harness.fault.workload.ContainerKill;
import dev.firedrill.harness.fault.workload.ScaledDown;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Timekeeper;
import dev.firedrill.scenarios.shop.Edges;
import dev.firedrill.scenarios.shop.MonitorChecks;
import dev.firedrill.scenarios.shop.Shop;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cluster of the other scenarios, as one that is there already: its owner labels a namespace and grants the shipped
 * Role there, and drills run with the token of that account. Where rights are enforced, nothing more was needed.
 */
@Firedrill(system = Shop.class)
class ExistingClusterScenario {
    private static final String SERVICE = "ingress-internal";
    private static final String FAULT = "wrong-selector";
    private static final String ROLE = "firedrill";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void a_namespace_is_drilled_with_the_shipped_role_and_left_as_it_was(Cluster held) throws Exception {
        Lender lender = Lender.in(held, "lent", directory);
        Set<String> before = lender.everything();

        try (Cluster lent = Clusters.start("existing", lender.request());
                Journal journal = Journal.inMemory(Timekeeper.system());
                Stage stage = Stage.raise(
                        lent, new Shop(), new StageRequest("any", "lent", directory, 1, Map.of()), journal)) {
            assertThat(lent.kind()).isEqualTo(ClusterKind.EXISTING);
            passes(new DrillRunner(stage).run(drill()));
            passes(new DrillRunner(stage).run(slowLink()));
            a_second_drill_is_refused(lender);
            a_fault_of_too_many_pods_is_refused(stage);
            a_fault_that_goes_through_a_node_is_refused(stage);
            if (held.kind() == ClusterKind.K3S) {
                a_drill_that_lacks_a_right_says_so_before_it_breaks_anything(lender, stage);
                a_change_that_the_cluster_rejects_is_told_and_taken_back(lender, stage);
            }
        }

        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertThat(lender.everything()).isEqualTo(before));
    }

    private static void passes(DrillResult result) {
        assertThat(result.judgements()).allSatisfy(judgement -> assertThat(judgement.verdict())
                .as("%s: %s", judgement.expectation(), judgement.reason())
                .isEqualTo(Verdict.PASS));
    }

    private static void a_second_drill_is_refused(Lender lender) {
        assertThatThrownBy(() -> Clusters.start("existing", lender.request()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--namespace lent is being drilled by ");
    }

    private static void a_fault_of_too_many_pods_is_refused(Stage stage) {
        FaultScene scene = stage.scene();
        FaultEngine careful = new FaultEngine(new FaultScene(
                scene.client(),
                scene.namespace(),
                scene.agent(),
                scene.journal(),
                scene.undoDirectory(),
                scene.run(),
                new Safeguards(1, true, false)));

        assertThatThrownBy(() -> careful.inject("away", ScaledDown.toZero("ingress-controller"), InjectionPhase.INJECT))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("was not injected: it would touch 2 pods, and no more than 1 may be touched");
        assertThat(stage.unready()).isEmpty();
    }

    private static void a_fault_that_goes_through_a_node_is_refused(Stage stage) {
        FaultEngine engine = new FaultEngine(stage.scene());
        Fault kill = ContainerKill.of(Map.of("app", "api"));

        assertThat(engine.dryRun(kill, InjectionPhase.INJECT).doubt())
                .isEqualTo("it goes through the pod's node, which no Role of one namespace can allow; it can be had on"
                        + " clusters of our own: k3s, embedded");
        assertThatThrownBy(() -> engine.inject("killed", kill, InjectionPhase.INJECT))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("was not injected: it goes through the pod's node");
    }

    private static void a_drill_that_lacks_a_right_says_so_before_it_breaks_anything(Lender lender, Stage stage) {
        var roles = lender.client().rbac().roles().inNamespace(lender.namespace());
        Role whole = roles.withName(ROLE).require();
        Role less = new RoleBuilder(whole).build();
        less.getRules().stream()
                .filter(rule -> rule.getResources().contains("configmaps"))
                .forEach(rule -> rule.setVerbs(rule.getVerbs().stream()
                        .filter(verb -> !verb.equals("patch"))
                        .toList()));
        less.getMetadata().setResourceVersion(null);
        roles.resource(less).update();
        await().until(() -> !mayPatchConfigMaps(stage));

        assertInconclusive(
                new DrillRunner(stage).run(drill()),
                "all that is to be broken may be broken here",
                "this user lacks rights in namespace lent: configmaps: patch");

        whole.getMetadata().setResourceVersion(null);
        roles.resource(whole).update();
        await().until(() -> mayPatchConfigMaps(stage));
    }

    private static boolean mayPatchConfigMaps(Stage stage) {
        return Permissions.in(stage.cluster().client(), stage.namespace()).allow("", "configmaps", "patch");
    }

    private static void a_change_that_the_cluster_rejects_is_told_and_taken_back(Lender lender, Stage stage) {
        try (Rejection rejection = Rejection.ofServicesIn(lender)) {
            await().atMost(ofSeconds(30)).until(rejection::inForce);
            DrillResult result = new DrillRunner(stage).run(drill());

            assertInconclusive(
                    result,
                    "the drill can be carried out",
                    FAULT + " (broken-service Service/" + SERVICE + ") could not be injected: ");
            assertInconclusive(result, "the drill can be carried out", Rejection.REASON);
            assertThat(result.judgements())
                    .filteredOn(judgement -> judgement.expectation().equals("nothing is left behind"))
                    .extracting(Judgement::verdict)
                    .containsExactly(Verdict.PASS);
        }
    }

    private static Drill drill() {
        return Drill.named("lent")
                .titled("The internal route breaks in a namespace that is lent")
                .watching(publicApi(), dashboardData())
                .reconfigure("the internal monitor is on", MonitorChecks.enabling(MonitorChecks.INTERNAL_ROUTE))
                .fromSteadyState()
                .inject(FAULT, BrokenService.selecting(SERVICE, 8081, Map.of("app", "monitor")))
                .expect(
                        probe(dashboardData()).failsWithin(ofSeconds(5)),
                        alert("InternalRouteDown")
                                .carrying("edge", Edges.INTERNAL)
                                .firesWithin(ofSeconds(10)),
                        probe(publicApi()).staysHealthy())
                .undo(FAULT)
                .expect(alert("InternalRouteDown").resolvesWithin(ofSeconds(15)))
                .build();
    }

    /** What needs a program of its own between a Service and its clients, and objects that the owner did not make. */
    private static Drill slowLink() {
        return Drill.named("lent-link")
                .titled("The internal link is slow in a namespace that is lent")
                .watching(publicApi())
                .fromSteadyState()
                .inject("slow-link", SlowLink.KIND.make(Map.of("service", SERVICE, "port", 8081, "latency", "300ms")))
                .expect(probe(publicApi()).staysHealthy())
                .observe(ofSeconds(1))
                .undo("slow-link")
                .build();
    }
}
