package dev.firedrill.harness.cluster.embedded;

import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.cluster.embedded.apiserver.ApiServer;
import dev.firedrill.harness.cluster.embedded.apiserver.ApiServerOptions;
import dev.firedrill.harness.cluster.embedded.controllers.ControllerOptions;
import dev.firedrill.harness.cluster.embedded.controllers.Controllers;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** An API server with its controllers and a node without a kubelet. */
final class ControlPlane implements AutoCloseable {
    final String prefix = "127." + ThreadLocalRandom.current().nextInt(20, 250);
    final ApiServer server;
    final KubernetesClient client;
    final Controllers controllers;
    final PodStatuses pods;

    ControlPlane(Path directory) {
        server = ApiServer.start(ApiServerOptions.at(prefix + ".0.1", "kubelet", directory));
        client = new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
        controllers = Controllers.start(client, ControllerOptions.of(server.authorityPem()));
        pods = new PodStatuses(client, prefix);
        Node node = new NodeBuilder()
                .withNewMetadata()
                .withName("node")
                .addToLabels("disk", "ssd")
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
        client.resource(node).create();
        client.resource(node).updateStatus();
        namespace("shop");
    }

    /** Creates a namespace and waits until pods can be created in it. */
    void namespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> client.serviceAccounts()
                                .inNamespace(name)
                                .withName("default")
                                .get()
                        != null);
    }

    @Override
    public void close() {
        pods.close();
        controllers.close();
        client.close();
        server.close();
    }
}
