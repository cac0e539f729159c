package dev.firedrill.harness.cluster.embedded.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same without a connection; and that there is none. */
class LocalFabric8IT extends Fabric8Contract {
    private final Vertx loops = Vertx.vertx();

    @Override
    KubernetesClient client(ApiServer of, Config config) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(of.localClients(loops, new Vertx5HttpClientFactory(loops)))
                .build();
    }

    /** Notes what it hears. */
    private record Listening(Queue<String> heard) implements Watcher<ConfigMap> {
        @Override
        public void eventReceived(Action action, ConfigMap resource) {
            heard.add(action + " " + resource.getData().get("key"));
        }

        @Override
        public void onClose(WatcherException cause) {
            heard.add("closed " + cause);
        }
    }

    @AfterAll
    void stopLoops() {
        loops.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Config nowhere(ApiServer server) {
        return new ConfigBuilder(server.clientConfig())
                .withMasterUrl("https://127.0.0.1:1")
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    /** Nobody listens where it believes the server to be. */
    @Test
    void requests_and_watches_need_no_connection() {
        try (KubernetesClient local = client(server(), nowhere(server()))) {
            Queue<String> seen = new ConcurrentLinkedQueue<>();
            local.configMaps().inNamespace("default").withName("unconnected").watch(new Listening(seen));
            local.resource(map("unconnected", "here")).create();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(seen).containsExactly("ADDED here"));
        }
    }

    @Test
    void a_log_comes_by_a_connection() {
        try (KubernetesClient local = client(server(), nowhere(server()))) {
            assertThatThrownBy(() ->
                            local.pods().inNamespace("default").withName("mute").getLog())
                    .hasStackTraceContaining("Connection refused");
        }
        assertThatThrownBy(() ->
                        client().pods().inNamespace("default").withName("mute").getLog())
                .isInstanceOfSatisfying(KubernetesClientException.class, refused -> assertThat(refused.getCode())
                        .isEqualTo(404));
    }

    @Test
    void a_server_that_has_ended_answers_nothing(@TempDir Path directory) {
        ApiServer another = ApiServer.start(ApiServerOptions.at("127.0.0.1", "kubelet", directory));
        Config once = new ConfigBuilder(another.clientConfig())
                .withRequestRetryBackoffLimit(0)
                .build();
        try (KubernetesClient local = client(another, once)) {
            assertThat(local.namespaces().list().getItems()).isNotEmpty();
            another.close();
            assertThatThrownBy(() -> local.namespaces().list())
                    .isInstanceOf(KubernetesClientException.class)
                    .hasRootCauseMessage("the embedded cluster has ended");
        }
    }
}
