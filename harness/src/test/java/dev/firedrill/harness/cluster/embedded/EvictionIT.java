package dev.firedrill.harness.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetSpecBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class EvictionIT {
    private static final String REFUSED = "Cannot evict pod as it would violate the pod's disruption budget.";

    @TempDir
    private static Path directory = Path.of("set by JUnit");

    private ControlPlane plane;
    private KubernetesClient client;
    private String namespace = "";
    private int namespaces;

    @BeforeAll
    void start() {
        plane = new ControlPlane(directory);
        client = plane.client;
    }

    @AfterAll
    void stop() {
        plane.close();
    }

    private void newNamespace() {
        namespace = "evictions-" + ++namespaces;
        plane.namespace(namespace);
        plane.pods.letGo(true);
        plane.pods.ready(pod -> true);
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().ignoreExceptions()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(assertion);
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("app", "api")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("api")
                .withImage("api")
                .endContainer()
                .endSpec()
                .build();
    }

    private void deployment(int replicas) {
        Pod template = pod("unused");
        client.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
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
                        .endMetadata()
                        .withSpec(template.getSpec())
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    private void alone(String... names) {
        for (String name : names) {
            client.pods().inNamespace(namespace).resource(pod(name)).create();
        }
        eventually(() -> assertThat(pods()).hasSize(names.length).allMatch(EmbeddedPods::ready));
    }

    private List<Pod> pods() {
        return client.pods().inNamespace(namespace).list().getItems();
    }

    private Pod named(String name) {
        return client.pods().inNamespace(namespace).withName(name).get();
    }

    private static PodDisruptionBudgetSpecBuilder available(IntOrString least) {
        return new PodDisruptionBudgetSpecBuilder().withMinAvailable(least);
    }

    private static PodDisruptionBudgetSpecBuilder unavailable(int most) {
        return new PodDisruptionBudgetSpecBuilder().withMaxUnavailable(new IntOrString(most));
    }

    private void budget(PodDisruptionBudgetSpecBuilder spec) {
        client.resource(new PodDisruptionBudgetBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("api")
                        .endMetadata()
                        .withSpec(spec.withNewSelector()
                                .addToMatchLabels("app", "api")
                                .endSelector()
                                .build())
                        .build())
                .create();
    }

    private PodDisruptionBudgetStatus budget() {
        return client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(namespace)
                .withName("api")
                .get()
                .getStatus();
    }

    private void counted(int healthy, int desired, int expected, int allowed) {
        eventually(() -> {
            assertThat(budget().getObservedGeneration()).isEqualTo(1);
            assertThat(List.of(
                            budget().getCurrentHealthy(),
                            budget().getDesiredHealthy(),
                            budget().getExpectedPods(),
                            budget().getDisruptionsAllowed()))
                    .containsExactly(healthy, desired, expected, allowed);
        });
    }

    /** The answer to an eviction; the success has no more than its code. */
    private Status evict(String pod, String named, String query) {
        Map<String, Object> eviction =
                Map.of("apiVersion", "policy/v1", "kind", "Eviction", "metadata", Map.of("name", named));
        String path = "/api/v1/namespaces/" + namespace + "/pods/" + pod + "/eviction" + query;
        // Fabric8 would ask again and again after a 429.
        Config once = new ConfigBuilder(client.getConfiguration())
                .withRequestRetryBackoffLimit(0)
                .build();
        try (KubernetesClient asking =
                new KubernetesClientBuilder().withConfig(once).build()) {
            return asking.getKubernetesSerialization()
                    .unmarshal(String.valueOf(asking.raw(path, "POST", eviction)), Status.class);
        } catch (KubernetesClientException e) {
            return e.getStatus();
        }
    }

    private Status evict(String pod) {
        return evict(pod, pod, "");
    }

    private void refused(Status answer, String cause) {
        assertThat(answer.getCode()).isEqualTo(429);
        assertThat(answer.getReason()).isEqualTo("TooManyRequests");
        assertThat(answer.getMessage()).isEqualTo(REFUSED);
        assertThat(answer.getDetails().getCauses()).singleElement().satisfies(each -> assertThat(each.getMessage())
                .isEqualTo(cause));
    }

    @Test
    void a_budget_counts_an_evicted_pod_that_still_ends() {
        newNamespace();
        deployment(3);
        budget(available(new IntOrString(2)));
        counted(3, 2, 3, 1);
        List<Pod> all = pods();
        plane.pods.ready(pod -> all.stream()
                .anyMatch(each ->
                        each.getMetadata().getName().equals(pod.getMetadata().getName())));
        plane.pods.letGo(false);

        Status first = evict(all.get(0).getMetadata().getName());
        Status second = evict(all.get(1).getMetadata().getName());
        Status third = evict(all.get(2).getMetadata().getName());

        assertThat(first.getCode()).isEqualTo(201);
        assertThat(second.getCode()).isEqualTo(429);
        assertThat(third.getCode()).isEqualTo(429);
        counted(2, 2, 4, 0);
        assertThat(client.policy()
                        .v1()
                        .podDisruptionBudget()
                        .inNamespace(namespace)
                        .withName("api")
                        .get()
                        .getMetadata()
                        .getManagedFields())
                .anyMatch(entry -> entry.getManager().equals("kube-apiserver"));
        refused(
                evict(all.get(1).getMetadata().getName()),
                "The disruption budget api needs 2 healthy pods and has 2 currently");
        plane.pods.ready(pod -> true);
        plane.pods.letGo(true);
        counted(3, 2, 3, 1);
        assertThat(evict(all.get(1).getMetadata().getName()).getCode()).isEqualTo(201);
    }

    @Test
    void a_pod_that_is_not_ready_is_evicted_only_where_enough_others_are() {
        newNamespace();
        alone("well", "sick");
        plane.pods.ready(pod -> !pod.getMetadata().getName().equals("sick"));
        eventually(() -> assertThat(named("sick")).matches(pod -> !EmbeddedPods.ready(pod)));
        budget(available(new IntOrString(2)));
        counted(1, 2, 2, 0);

        refused(evict("sick"), "The disruption budget api needs 2 healthy pods and has 1 currently");
        client.resource(pod("other")).inNamespace(namespace).create();
        counted(2, 2, 3, 0);

        assertThat(evict("sick").getCode()).isEqualTo(201);
        refused(evict("well"), "The disruption budget api needs 2 healthy pods and has 2 currently");
    }

    @Test
    void a_pod_that_is_not_ready_is_evicted_where_the_policy_always_allows_it() {
        newNamespace();
        alone("sick");
        plane.pods.ready(pod -> false);
        budget(available(new IntOrString(1)).withUnhealthyPodEvictionPolicy("AlwaysAllow"));
        counted(0, 1, 1, 0);

        assertThat(evict("sick").getCode()).isEqualTo(201);
    }

    @Test
    void a_share_of_pods_that_nobody_manages_is_nothing() {
        newNamespace();
        alone("one", "two", "three");
        budget(unavailable(1));
        counted(3, 0, 0, 0);

        refused(evict("one"), "The disruption budget api needs 0 healthy pods and has 3 currently");

        client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(namespace)
                .withName("api")
                .delete();
        budget(available(new IntOrString("50%")));
        counted(3, 0, 0, 0);
        assertThat(evict("one").getCode()).isEqualTo(429);
    }

    @Test
    void a_budget_whose_status_is_not_known_yet_lets_no_pod_go() {
        KubernetesClient shared = client;
        try (ControlPlane alone = new ControlPlane(directory.resolve("alone"))) {
            client = alone.client;
            namespace = "shop";
            alone("one");
            alone.controllers.close();
            budget(available(new IntOrString(0)));

            Status answer = evict("one");

            refused(answer, "The disruption budget api is still being processed by the server.");
            assertThat(answer.getDetails().getRetryAfterSeconds()).isEqualTo(10);
        } finally {
            client = shared;
        }
    }

    @Test
    void a_dry_run_of_an_eviction_changes_nothing() {
        newNamespace();
        alone("one");
        budget(available(new IntOrString(0)));
        counted(1, 0, 1, 1);
        Pod before = named("one");

        assertThat(evict("one", "one", "?dryRun=All").getCode()).isEqualTo(201);

        assertThat(named("one").getMetadata().getResourceVersion())
                .isEqualTo(before.getMetadata().getResourceVersion());
        assertThat(budget().getDisruptedPods()).isNullOrEmpty();
        assertThat(budget().getDisruptionsAllowed()).isEqualTo(1);
    }

    @Test
    void an_eviction_must_name_the_pod_that_it_is_sent_to() {
        newNamespace();
        alone("one");

        Status answer = evict("one", "other", "");

        assertThat(answer.getCode()).isEqualTo(400);
        assertThat(answer.getMessage()).isEqualTo("name in URL does not match name in Eviction object");
        assertThat(named("one").getMetadata().getDeletionTimestamp()).isNull();
    }

    @Test
    void an_evicted_pod_says_why_it_goes() {
        newNamespace();
        alone("one");
        plane.pods.letGo(false);

        assertThat(evict("one").getCode()).isEqualTo(201);

        Pod pod = named("one");
        assertThat(pod.getMetadata().getDeletionTimestamp()).isNotNull();
        assertThat(pod.getStatus().getConditions())
                .filteredOn(condition -> condition.getType().equals("DisruptionTarget"))
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.getStatus()).isEqualTo("True");
                    assertThat(condition.getReason()).isEqualTo("EvictionByEvictionAPI");
                    assertThat(condition.getMessage()).isEqualTo("Eviction API: evicting");
                });
        plane.pods.letGo(true);
    }
}
