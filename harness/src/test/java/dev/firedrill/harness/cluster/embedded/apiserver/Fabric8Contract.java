package dev.firedrill.harness.cluster.embedded.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What Fabric8's client relies on, by whatever way its requests come. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Fabric8Contract {
    private ApiServer server;
    private KubernetesClient client;

    abstract KubernetesClient client(ApiServer of, Config config);

    final ApiServer server() {
        return server;
    }

    final KubernetesClient client() {
        return client;
    }

    @BeforeAll
    void start(@TempDir Path directory) {
        server = ApiServer.start(
                ApiServerOptions.at("127.0.0.1", "kubelet", directory).withHistory(100));
        client = client(server, server.clientConfig());
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    static ConfigMap map(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .addToLabels("test", name)
                .endMetadata()
                .addToData("key", value)
                .build();
    }

    private static Deployment deployment(String name) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("example/app:1")
                .withPorts(new ContainerPortBuilder().withContainerPort(8080).build())
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    @Test
    void an_object_is_created_read_changed_and_deleted() {
        ConfigMap created = client.resource(map("crud", "one")).create();
        assertThat(created.getMetadata().getUid()).isNotBlank();
        client.configMaps().inNamespace("default").withName("crud").edit(old -> {
            old.getData().put("key", "two");
            return old;
        });
        ConfigMap read =
                client.configMaps().inNamespace("default").withName("crud").get();
        assertThat(read.getData()).containsEntry("key", "two");
        assertThat(Long.parseLong(read.getMetadata().getResourceVersion()))
                .isGreaterThan(Long.parseLong(created.getMetadata().getResourceVersion()));
        assertThat(client.configMaps().inNamespace("default").withName("crud").delete())
                .hasSize(1);
        assertThat(client.configMaps().inNamespace("default").withName("crud").get())
                .isNull();
    }

    @Test
    void a_stale_update_is_refused() {
        ConfigMap first = client.resource(map("stale", "one")).create();
        client.configMaps().inNamespace("default").withName("stale").edit(old -> {
            old.getData().put("key", "two");
            return old;
        });
        first.getData().put("key", "three");
        assertThatThrownBy(() -> client.resource(first).lockResourceVersion().update())
                .isInstanceOfSatisfying(KubernetesClientException.class, refused -> assertThat(refused.getCode())
                        .isEqualTo(409));
    }

    @Test
    void a_watch_sees_every_change_in_order() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (var watch = client.configMaps()
                .inNamespace("default")
                .withLabel("test", "watched")
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, ConfigMap resource) {
                        seen.add(action + " " + resource.getData().get("key"));
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        seen.add("closed " + cause);
                    }
                })) {
            client.resource(map("watched", "one")).create();
            client.resource(map("watched", "two")).update();
            client.resource(map("watched", "two")).delete();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(seen).containsExactly("ADDED one", "MODIFIED two", "DELETED two"));
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void a_watch_from_a_version_that_is_forgotten_ends_and_says_so() {
        client.resource(map("forgotten", "0")).create();
        for (int change = 1; change <= 120; change++) {
            client.resource(map("forgotten", "" + change)).update();
        }
        Queue<Integer> codes = new ConcurrentLinkedQueue<>();
        try (var watch = client.configMaps()
                .inNamespace("default")
                .watch(new ListOptionsBuilder().withResourceVersion("1").build(), new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, ConfigMap resource) {}

                    @Override
                    public void onClose(WatcherException cause) {
                        codes.add(cause.isHttpGone() ? 410 : 0);
                    }
                })) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(codes).containsExactly(410));
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void a_watcher_gets_everything_in_order() {
        client.resource(map("written-often", "0")).create();
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (var watch = client.configMaps()
                .inNamespace("default")
                .withName("written-often")
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, ConfigMap resource) {
                        seen.add(resource.getData().get("key"));
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        seen.add("closed " + cause);
                    }
                })) {
            List<String> written = new ArrayList<>(List.of("0"));
            for (int change = 1; change <= 500; change++) {
                String value = "gr\u00fc\u00dfe \u2713 " + change;
                client.resource(map("written-often", value)).update();
                written.add(value);
            }
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(seen).containsExactlyElementsOf(written));
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void an_informer_keeps_up() {
        try (SharedIndexInformer<Deployment> informer = client.apps()
                .deployments()
                .inNamespace("default")
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(Deployment added) {}

                    @Override
                    public void onUpdate(Deployment before, Deployment after) {}

                    @Override
                    public void onDelete(Deployment deleted, boolean unknown) {}
                })) {
            client.resource(deployment("informed")).create();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> informer.getStore().getByKey("default/informed") != null);
        }
    }

    @Test
    void what_a_deployment_does_not_say_is_filled_in() {
        Deployment created = client.resource(deployment("defaulted")).create();
        assertThat(created.getSpec().getReplicas()).isEqualTo(1);
        assertThat(created.getSpec()
                        .getStrategy()
                        .getRollingUpdate()
                        .getMaxSurge()
                        .getStrVal())
                .isEqualTo("25%");
        assertThat(created.getSpec().getTemplate().getSpec().getRestartPolicy()).isEqualTo("Always");
        assertThat(created.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getPorts())
                .allMatch(port -> port.getProtocol().equals("TCP"));
    }

    @Test
    void scaling_changes_the_generation_and_status_does_not() {
        client.resource(deployment("scaled")).create();
        client.apps().deployments().inNamespace("default").withName("scaled").scale(3);
        Deployment scaled = client.apps()
                .deployments()
                .inNamespace("default")
                .withName("scaled")
                .get();
        assertThat(scaled.getSpec().getReplicas()).isEqualTo(3);
        assertThat(scaled.getMetadata().getGeneration()).isEqualTo(2);
        Deployment reported = client.resource(scaled).editStatus(old -> new DeploymentBuilder(old)
                .editOrNewStatus()
                .withReplicas(3)
                .endStatus()
                .build());
        assertThat(reported.getStatus().getReplicas()).isEqualTo(3);
        assertThat(reported.getMetadata().getGeneration()).isEqualTo(2);
    }

    @Test
    void services_get_addresses_of_their_own() {
        Service one = client.resource(service("one")).create();
        Service two = client.resource(service("two")).create();
        assertThat(one.getSpec().getClusterIP())
                .startsWith("127.0.")
                .isNotEqualTo(two.getSpec().getClusterIP());
        assertThat(one.getSpec().getPorts().get(0).getTargetPort().getIntVal()).isEqualTo(80);
    }

    private static Service service(String name) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(80)
                .endPort()
                .withSelector(Map.of("app", name))
                .endSpec()
                .build();
    }

    @Test
    void a_strategic_patch_merges_containers_by_name() {
        client.resource(deployment("patched")).create();
        Deployment patched = client.apps()
                .deployments()
                .inNamespace("default")
                .withName("patched")
                .patch(
                        io.fabric8.kubernetes.client.dsl.base.PatchContext.of(
                                io.fabric8.kubernetes.client.dsl.base.PatchType.STRATEGIC_MERGE),
                        """
                        {"spec":{"template":{"spec":{"containers":[{"name":"side","image":"example/side:1"}]}}}}""");
        assertThat(patched.getSpec().getTemplate().getSpec().getContainers())
                .extracting("name")
                .containsExactly("side", "main");
    }

    @Test
    void nothing_is_answered_without_a_token() {
        ConfigBuilder stranger = new ConfigBuilder(server.clientConfig()).withOauthToken("wrong");
        try (KubernetesClient other = client(server, stranger.build())) {
            assertThatThrownBy(() -> other.namespaces().list())
                    .isInstanceOfSatisfying(KubernetesClientException.class, refused -> assertThat(refused.getCode())
                            .isEqualTo(401));
        }
    }

    @Test
    void a_pod_without_a_node_goes_at_once() {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("default")
                        .withNamespace("default")
                        .endMetadata()
                        .build())
                .createOr(io.fabric8.kubernetes.client.dsl.NonDeletingOperation::update);
        client.run()
                .inNamespace("default")
                .withName("lonely")
                .withImage("example/app:1")
                .done();
        assertThat(client.pods()
                        .inNamespace("default")
                        .withName("lonely")
                        .get()
                        .getStatus()
                        .getPhase())
                .isEqualTo("Pending");
        client.pods().inNamespace("default").withName("lonely").delete();
        assertThat(client.pods().inNamespace("default").withName("lonely").get())
                .isNull();
    }

    @Test
    void a_namespace_waits_for_its_controller() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("leaving")
                        .endMetadata()
                        .build())
                .create();
        client.namespaces().withName("leaving").delete();
        assertThat(client.namespaces().withName("leaving").get().getStatus().getPhase())
                .isEqualTo("Terminating");
        ConfigMap late = new ConfigMapBuilder(map("late", "x"))
                .editMetadata()
                .withNamespace("leaving")
                .endMetadata()
                .build();
        assertThatThrownBy(() -> client.resource(late).create()).hasMessageContaining("because it is being terminated");
    }
}
