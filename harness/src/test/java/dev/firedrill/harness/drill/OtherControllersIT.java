package dev.firedrill.harness.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.Clusters;
import dev.firedrill.harness.cluster.ExistingTarget;
import dev.firedrill.harness.cluster.Ground;
import dev.firedrill.harness.fault.TwoPrograms;
import dev.firedrill.harness.model.ProvisioningException;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Timekeeper;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.ReplicationControllerBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods that no Deployment has made, such as those of a StatefulSet. */
@Tag("waits")
class OtherControllersIT {
    private static final String NAMESPACE = "lent";
    private static final String IMAGE = "firedrill.test/web:1";

    @SuppressWarnings("NullAway.Init")
    private static Cluster held;

    @BeforeAll
    static void hold() {
        held = Clusters.start("embedded", ClusterRequest.plain());
        client().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .addToLabels(Ground.ALLOWED, "true")
                        .endMetadata()
                        .build())
                .create();
        // What the cluster puts into every namespace comes a moment later.
        await().until(() -> client().configMaps()
                                .inNamespace(NAMESPACE)
                                .withName("kube-root-ca.crt")
                                .get()
                        != null
                && client().serviceAccounts()
                                .inNamespace(NAMESPACE)
                                .withName("default")
                                .get()
                        != null);
    }

    @AfterAll
    static void end() {
        held.close();
    }

    private static KubernetesClient client() {
        return held.client();
    }

    @Test
    void one_that_is_missing_after_a_drill_is_not_overlooked(@TempDir Path directory) {
        ReplicationController owner =
                client().resource(controller()).inNamespace(NAMESPACE).create();
        Pod pod = client().resource(podOf(owner)).inNamespace(NAMESPACE).create();
        client().resource(pod).waitUntilReady(60, TimeUnit.SECONDS);
        ClusterRequest request =
                ClusterRequest.plain().at(new ExistingTarget(held.kubeconfig(), "firedrill", NAMESPACE));
        try (Journal journal = Journal.inMemory(Timekeeper.system());
                Cluster cluster = Clusters.start("existing", request);
                Stage stage = Stage.raise(
                        cluster, new TwoPrograms(), new StageRequest("any", "run", directory, 1, Map.of()), journal)) {
            assertThat(stage.unready()).isEmpty();

            client().resource(pod).withGracePeriod(0).delete();

            await().untilAsserted(() -> assertThat(stage.unready()).containsExactly("ReplicationController db"));
            client().resource(podOf(owner)).inNamespace(NAMESPACE).create();
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(stage.unready()).isEmpty());
        } finally {
            client().resource(owner).delete();
        }
    }

    @Test
    void a_cluster_without_their_controller_is_not_waited_for() {
        Deployer deployer = new Deployer(client(), "default");
        deployer.deploy(List.of(statefulSet()));

        assertThatThrownBy(() -> deployer.awaitReady(Duration.ofMinutes(1)))
                .isInstanceOf(ProvisioningException.class)
                .hasMessage("no controller of this cluster has looked at StatefulSet db within 15 s: it runs no"
                        + " StatefulSets (docs/clusters.md has what embedded leaves out); use k3s");
    }

    @Test
    void what_is_left_behind_of_their_kinds_is_found() {
        StatefulSet set = statefulSet();
        NamespaceSnapshot before = NamespaceSnapshot.of(client(), NAMESPACE, Set.of());
        client().resource(set).inNamespace(NAMESPACE).create();
        NamespaceSnapshot with = NamespaceSnapshot.of(client(), NAMESPACE, Set.of());
        client().apps().statefulSets().inNamespace(NAMESPACE).withName("db").scale(2);
        NamespaceSnapshot scaled = NamespaceSnapshot.of(client(), NAMESPACE, Set.of());
        client().apps().statefulSets().inNamespace(NAMESPACE).withName("db").delete();

        assertThat(before.differencesTo(with)).containsExactly("StatefulSet/db: left behind");
        assertThat(with.differencesTo(scaled))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("StatefulSet/db ");
    }

    private static ReplicationController controller() {
        return new ReplicationControllerBuilder()
                .withNewMetadata()
                .withName("db")
                .endMetadata()
                .withNewSpec()
                .withReplicas(0)
                .withSelector(Map.of("app", "db"))
                .withTemplate(template())
                .endSpec()
                .build();
    }

    private static Pod podOf(ReplicationController owner) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("db-0")
                .addToLabels("app", "db")
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("ReplicationController")
                .withName("db")
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withSpec(program())
                .build();
    }

    private static PodTemplateSpec template() {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .addToLabels("app", "db")
                .endMetadata()
                .withSpec(program())
                .build();
    }

    private static PodSpec program() {
        return new PodSpecBuilder()
                .addNewContainer()
                .withName("db")
                .withImage(IMAGE)
                .endContainer()
                .build();
    }

    private static StatefulSet statefulSet() {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withName("db")
                .endMetadata()
                .withNewSpec()
                .withServiceName("db")
                .withNewSelector()
                .withMatchLabels(Map.of("app", "db"))
                .endSelector()
                .withTemplate(template())
                .endSpec()
                .build();
    }
}
