package dev.firedrill.harness.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class ControllersIT {
    private ControlPlane plane;
    private KubernetesClient client;

    @BeforeAll
    void start(@TempDir Path directory) {
        plane = new ControlPlane(directory);
        client = plane.client;
    }

    @AfterAll
    void stop() {
        plane.close();
    }

    @AfterEach
    void clear() {
        plane.pods.letGo(true);
        plane.pods.ready(pod -> true);
        client.apps().deployments().inNamespace("shop").delete();
        eventually(() -> assertThat(pods()).isEmpty());
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().ignoreExceptions()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(assertion);
    }

    private List<Pod> pods() {
        return client.pods().inNamespace("shop").list().getItems();
    }

    private List<ReplicaSet> sets() {
        return client.apps().replicaSets().inNamespace("shop").list().getItems().stream()
                .sorted(Comparator.comparing(
                        set -> Integer.parseInt(revision(set.getMetadata().getAnnotations()))))
                .toList();
    }

    private static String revision(Map<String, String> annotations) {
        return annotations.getOrDefault("deployment.kubernetes.io/revision", "0");
    }

    private Deployment deployment() {
        return client.apps().deployments().inNamespace("shop").withName("api").get();
    }

    private static Deployment api(int replicas, String version) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("api")
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", "api")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "api")
                .addToLabels("version", version)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("api")
                .withImage("api")
                .addNewPort()
                .withName("web")
                .withContainerPort(8080)
                .endPort()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private void change(String version) {
        client.apps()
                .deployments()
                .inNamespace("shop")
                .withName("api")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"template\":{\"metadata\":{\"labels\":{\"version\":\"" + version + "\"}}}}}");
    }

    private void rolledOut(int replicas, String version) {
        eventually(() -> {
            Deployment deployment = deployment();
            assertThat(deployment.getStatus().getObservedGeneration())
                    .isEqualTo(deployment.getMetadata().getGeneration());
            assertThat(deployment.getStatus().getAvailableReplicas()).isEqualTo(replicas);
            assertThat(deployment.getStatus().getUpdatedReplicas()).isEqualTo(replicas);
            assertThat(deployment.getStatus().getReplicas()).isEqualTo(replicas);
            assertThat(progress(deployment).getReason()).isEqualTo("NewReplicaSetAvailable");
            assertThat(pods())
                    .hasSize(replicas)
                    .allSatisfy(pod -> assertThat(pod.getMetadata().getLabels()).containsEntry("version", version));
        });
    }

    private static DeploymentCondition progress(Deployment deployment) {
        return deployment.getStatus().getConditions().stream()
                .filter(c -> c.getType().equals("Progressing"))
                .findFirst()
                .orElseThrow();
    }

    private List<String> events(String reason) {
        return client.v1().events().inNamespace("shop").list().getItems().stream()
                .filter(event -> reason.equals(event.getReason()))
                .map(Event::getMessage)
                .toList();
    }

    @Test
    void a_deployment_rolls_out_and_says_so() {
        client.resource(api(3, "first")).create();

        rolledOut(3, "first");
        Deployment deployment =
                client.apps().deployments().inNamespace("shop").withName("api").get();
        assertThat(deployment.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(deployment.getMetadata().getAnnotations()).containsEntry("deployment.kubernetes.io/revision", "1");
        ReplicaSet set = sets().get(0);
        String name = set.getMetadata().getName();
        String hash = set.getMetadata().getLabels().get("pod-template-hash");
        assertThat(name).isEqualTo("api-" + hash);
        assertThat(pods()).allSatisfy(pod -> {
            assertThat(pod.getMetadata().getName()).matches(name + "-[a-z0-9]{5}");
            assertThat(pod.getSpec().getNodeName()).isEqualTo("node");
        });
        eventually(() -> {
            assertThat(events("ScalingReplicaSet")).contains("Scaled up replica set " + name + " from 0 to 3");
            assertThat(events("SuccessfulCreate"))
                    .contains("Created pod: " + pods().get(0).getMetadata().getName());
            assertThat(events("Scheduled"))
                    .contains("Successfully assigned shop/"
                            + pods().get(0).getMetadata().getName() + " to node");
        });
    }

    @Test
    void a_changed_template_replaces_the_pods_and_can_be_undone() {
        client.resource(api(3, "first")).create();
        rolledOut(3, "first");
        change("second");
        rolledOut(3, "second");
        assertThat(revision(deployment().getMetadata().getAnnotations())).isEqualTo("2");
        assertThat(sets()).extracting(set -> set.getSpec().getReplicas()).containsExactly(0, 3);

        client.apps()
                .deployments()
                .inNamespace("shop")
                .withName("api")
                .rolling()
                .undo();

        rolledOut(3, "first");
        assertThat(revision(deployment().getMetadata().getAnnotations())).isEqualTo("3");
        assertThat(sets()).hasSize(2);
    }

    @Test
    void a_rollout_waits_for_its_pods_and_keeps_the_old_ones_until_then() {
        client.resource(api(4, "first")).create();
        rolledOut(4, "first");
        plane.pods.ready(pod -> "first".equals(pod.getMetadata().getLabels().get("version")));

        change("broken");

        eventually(() -> assertThat(sets())
                .extracting(set -> set.getSpec().getReplicas())
                .containsExactly(3, 2));
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(10)).until(() -> pods().size() == 5);
        assertThat(deployment().getStatus().getAvailableReplicas()).isEqualTo(3);

        plane.pods.ready(pod -> true);
        rolledOut(4, "broken");
    }

    @Test
    void scaling_needs_no_new_revision_and_gives_up_unready_pods_first() {
        client.resource(api(2, "first")).create();
        rolledOut(2, "first");
        client.apps().deployments().inNamespace("shop").withName("api").scale(5);
        rolledOut(5, "first");
        String unready = pods().get(0).getMetadata().getName();
        plane.pods.ready(pod -> !pod.getMetadata().getName().equals(unready));
        eventually(() ->
                assertThat(deployment().getStatus().getAvailableReplicas()).isEqualTo(4));

        client.apps().deployments().inNamespace("shop").withName("api").scale(4);

        rolledOut(4, "first");
        assertThat(pods()).extracting(pod -> pod.getMetadata().getName()).doesNotContain(unready);
        assertThat(sets()).hasSize(1);
    }

    @Test
    void recreate_ends_all_old_pods_before_new_ones_begin() {
        client.resource(new DeploymentBuilder(api(2, "first"))
                        .editSpec()
                        .withNewStrategy()
                        .withType("Recreate")
                        .endStrategy()
                        .endSpec()
                        .build())
                .create();
        rolledOut(2, "first");
        plane.pods.letGo(false);

        change("second");

        eventually(() -> assertThat(pods())
                .allSatisfy(pod ->
                        assertThat(pod.getMetadata().getDeletionTimestamp()).isNotNull()));
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(10)).until(() -> sets().size() == 1);
        plane.pods.letGo(true);
        rolledOut(2, "second");
    }

    @Test
    void a_paused_deployment_keeps_its_pods_until_it_is_resumed() {
        client.resource(api(2, "first")).create();
        rolledOut(2, "first");
        client.apps()
                .deployments()
                .inNamespace("shop")
                .withName("api")
                .rolling()
                .pause();
        change("second");
        eventually(() -> {
            assertThat(deployment().getStatus().getObservedGeneration())
                    .isEqualTo(deployment().getMetadata().getGeneration());
            assertThat(progress(deployment()).getReason()).isEqualTo("DeploymentPaused");
        });
        assertThat(sets()).hasSize(1);

        client.apps()
                .deployments()
                .inNamespace("shop")
                .withName("api")
                .rolling()
                .resume();

        rolledOut(2, "second");
    }

    @Test
    void slices_and_endpoints_follow_readiness() {
        client.resource(api(2, "first")).create();
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName("api")
                        .endMetadata()
                        .withNewSpec()
                        .withType("LoadBalancer")
                        .addToSelector("app", "api")
                        .addNewPort()
                        .withPort(8080)
                        .withNewTargetPort("web")
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        rolledOut(2, "first");
        eventually(() -> assertThat(readyAddresses()).hasSize(2));
        String gone = pods().get(0).getMetadata().getName();

        plane.pods.ready(pod -> !pod.getMetadata().getName().equals(gone));

        eventually(() -> {
            assertThat(readyAddresses()).hasSize(1);
            var subset = client.endpoints()
                    .inNamespace("shop")
                    .withName("api")
                    .get()
                    .getSubsets()
                    .get(0);
            assertThat(subset.getAddresses()).hasSize(1);
            assertThat(subset.getNotReadyAddresses()).hasSize(1);
            assertThat(subset.getPorts().get(0).getPort()).isEqualTo(8080);
        });
        var service = client.services().inNamespace("shop").withName("api").get();
        assertThat(service.getStatus().getLoadBalancer().getIngress().get(0).getIp())
                .isEqualTo(service.getSpec().getClusterIP());

        client.services().inNamespace("shop").withName("api").delete();
        eventually(() -> {
            assertThat(slices()).isEmpty();
            assertThat(client.endpoints().inNamespace("shop").withName("api").get())
                    .isNull();
        });
    }

    private List<io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice> slices() {
        return client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace("shop")
                .withLabel("kubernetes.io/service-name", "api")
                .list()
                .getItems();
    }

    private List<Endpoint> readyAddresses() {
        return slices().stream()
                .flatMap(slice -> slice.getEndpoints().stream())
                .filter(endpoint -> endpoint.getConditions().getReady())
                .toList();
    }

    @Test
    void a_pod_that_fits_nowhere_waits_until_a_node_fits() {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("picky")
                .endMetadata()
                .withNewSpec()
                .addToNodeSelector("zone", "north")
                .addNewContainer()
                .withName("c")
                .withImage("i")
                .endContainer()
                .endSpec()
                .build();
        client.resource(pod).create();
        String message = "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector."
                + " no new claims to deallocate, preemption: 0/1 nodes are available:"
                + " 1 Preemption is not helpful for scheduling.";
        eventually(() -> {
            assertThat(events("FailedScheduling")).contains(message);
            assertThat(pods().get(0).getStatus().getConditions()).anySatisfy(c -> {
                assertThat(c.getType()).isEqualTo("PodScheduled");
                assertThat(c.getReason()).isEqualTo("Unschedulable");
            });
        });

        client.nodes()
                .withName("node")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"labels\":{\"zone\":\"north\"}}}");

        eventually(() -> assertThat(pods().get(0).getSpec().getNodeName()).isEqualTo("node"));
        client.resource(pod).delete();
    }

    @Test
    void each_namespace_has_its_account_and_certificate_and_is_emptied_before_it_goes() {
        plane.namespace("other");
        eventually(() -> {
            assertThat(client.serviceAccounts()
                            .inNamespace("other")
                            .withName("default")
                            .get())
                    .isNotNull();
            ConfigMap authority = client.configMaps()
                    .inNamespace("other")
                    .withName("kube-root-ca.crt")
                    .get();
            assertThat(authority.getData()).containsEntry("ca.crt", plane.server.authorityPem());
        });
        client.configMaps().inNamespace("other").withName("kube-root-ca.crt").delete();
        eventually(() -> assertThat(client.configMaps()
                        .inNamespace("other")
                        .withName("kube-root-ca.crt")
                        .get())
                .isNotNull());
        client.resource(new DeploymentBuilder(api(2, "first"))
                        .editMetadata()
                        .withNamespace("other")
                        .endMetadata()
                        .build())
                .create();
        eventually(() ->
                assertThat(client.pods().inNamespace("other").list().getItems()).hasSize(2));

        client.namespaces().withName("other").delete();

        eventually(() -> assertThat(client.namespaces().withName("other").get()).isNull());
        assertThat(client.pods().inNamespace("other").list().getItems()).isEmpty();
    }

    @Test
    void dependents_of_a_deleted_owner_go_with_it() {
        client.resource(api(2, "first")).create();
        rolledOut(2, "first");

        client.apps().deployments().inNamespace("shop").withName("api").delete();

        eventually(() -> {
            assertThat(sets()).isEmpty();
            assertThat(pods()).isEmpty();
        });
    }

    @Test
    void an_owner_deleted_in_the_foreground_waits_for_its_dependents() {
        client.resource(api(2, "first")).create();
        rolledOut(2, "first");
        plane.pods.letGo(false);

        client.apps()
                .deployments()
                .inNamespace("shop")
                .withName("api")
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete();

        eventually(() -> assertThat(pods()).hasSize(2).allSatisfy(pod -> assertThat(
                        pod.getMetadata().getDeletionTimestamp())
                .isNotNull()));
        assertThat(deployment()).isNotNull();
        plane.pods.letGo(true);
        eventually(() -> assertThat(deployment()).isNull());
        assertThat(pods()).isEmpty();
    }

    @Test
    void owners_in_a_circle_do_not_wait_for_each_other() {
        ConfigMap first = client.resource(map("first")).create();
        ConfigMap second = client.resource(owned(map("second"), first)).create();
        client.resource(owned(first, second)).update();

        client.configMaps()
                .inNamespace("shop")
                .withName("first")
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete();

        eventually(
                () -> assertThat(client.configMaps().inNamespace("shop").list().getItems())
                        .extracting(map -> map.getMetadata().getName())
                        .doesNotContain("first", "second"));
    }

    private static ConfigMap map(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("shop")
                .endMetadata()
                .build();
    }

    private static ConfigMap owned(ConfigMap map, ConfigMap owner) {
        return new ConfigMapBuilder(map)
                .editMetadata()
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withBlockOwnerDeletion(true)
                .endOwnerReference()
                .endMetadata()
                .build();
    }

    @Test
    void orphans_stay_and_are_adopted_by_who_selects_them() {
        client.resource(api(2, "first")).create();
        rolledOut(2, "first");
        List<String> before =
                pods().stream().map(pod -> pod.getMetadata().getName()).sorted().toList();

        client.apps()
                .deployments()
                .inNamespace("shop")
                .withName("api")
                .withPropagationPolicy(DeletionPropagation.ORPHAN)
                .delete();
        eventually(() -> {
            assertThat(deployment()).isNull();
            assertThat(sets()).singleElement().satisfies(set -> assertThat(
                            set.getMetadata().getOwnerReferences())
                    .isEmpty());
        });
        client.resource(api(2, "first")).create();

        rolledOut(2, "first");
        assertThat(pods().stream().map(pod -> pod.getMetadata().getName()).sorted())
                .containsExactlyElementsOf(before);
        assertThat(sets()).hasSize(1);
    }

    @Test
    void what_belongs_to_an_owner_that_never_was_is_garbage() {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName("garbage")
                        .withOwnerReferences(new OwnerReferenceBuilder()
                                .withApiVersion("batch/v1")
                                .withKind("Job")
                                .withName("never")
                                .withUid("11111111-2222-3333-4444-555555555555")
                                .build())
                        .endMetadata()
                        .build())
                .create();

        eventually(() -> assertThat(client.configMaps()
                        .inNamespace("shop")
                        .withName("garbage")
                        .get())
                .isNull());
    }

    @Test
    void a_disruption_budget_says_how_many_pods_may_be_evicted() {
        client.resource(api(3, "first")).create();
        client.resource(new PodDisruptionBudgetBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName("api")
                        .endMetadata()
                        .withNewSpec()
                        .withNewMaxUnavailable(1)
                        .withNewSelector()
                        .addToMatchLabels("app", "api")
                        .endSelector()
                        .endSpec()
                        .build())
                .create();
        rolledOut(3, "first");
        eventually(() -> assertThat(allowed()).isEqualTo(1));

        String unready = pods().get(0).getMetadata().getName();
        plane.pods.ready(pod -> !pod.getMetadata().getName().equals(unready));

        eventually(() -> assertThat(allowed()).isZero());
        client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace("shop")
                .withName("api")
                .delete();
    }

    private int allowed() {
        return client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace("shop")
                .withName("api")
                .get()
                .getStatus()
                .getDisruptionsAllowed();
    }
}
