package dev.firedrill.harness.cluster.embedded;

import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.cluster.embedded.apiserver.ApiServer;
import dev.firedrill.harness.cluster.embedded.apiserver.ApiServerOptions;
import dev.firedrill.harness.cluster.embedded.controllers.ControllerOptions;
import dev.firedrill.harness.cluster.embedded.controllers.Controllers;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Controllers whose watch of namespaces tells nothing, as one that is begun anew, serve new ones all the same. */
@Timeout(120)
class BlindWatchIT {
    private static final String LATE = "late";

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private ApiServer server;
    private KubernetesClient client;
    private KubernetesClient blind;
    private Controllers controllers;

    @BeforeEach
    void start() {
        String address = "127." + ThreadLocalRandom.current().nextInt(20, 250) + ".0.1";
        server = ApiServer.start(ApiServerOptions.at(address, "kubelet", directory));
        client = new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
        blind = new KubernetesClientBuilder()
                .withConfig(server.clientConfig())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("blind", new BlindToNamespaces()))
                .build();
        controllers = Controllers.start(blind, ControllerOptions.of(server.authorityPem()));
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(LATE)
                        .endMetadata()
                        .build())
                .create();
        client.serviceAccounts()
                .inNamespace(LATE)
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("default")
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterEach
    void stop() {
        controllers.close();
        blind.close();
        client.close();
        server.close();
    }

    /** Sees the namespaces that there are at first, and hears of no other. */
    private static final class BlindToNamespaces implements Interceptor {
        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            URI uri = request.uri();
            if (uri.getPath().equals("/api/v1/namespaces") && uri.getQuery().contains("watch=true")) {
                builder.uri(URI.create(uri + "&fieldSelector=metadata.name%3Dnobody"));
            }
        }
    }

    @Test
    void a_replica_set_gets_its_pods() {
        client.resource(new ReplicaSetBuilder()
                        .withNewMetadata()
                        .withNamespace(LATE)
                        .withName("api")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(2)
                        .withNewSelector()
                        .addToMatchLabels("app", "api")
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", "api")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("api")
                        .withImage("api")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> client.pods().inNamespace(LATE).list().getItems().size() == 2);
    }

    @Test
    void a_service_gets_its_endpoints() {
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(LATE)
                        .withName("api")
                        .endMetadata()
                        .withNewSpec()
                        .addToSelector("app", "api")
                        .addNewPort()
                        .withPort(8080)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        client.endpoints().inNamespace(LATE).withName("api").get() != null);
    }
}
