package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every cluster has from the beginning: its namespaces, and the API server as a Service. */
final class InitialObjects {
    private static final List<String> NAMESPACES = List.of("default", "kube-system", "kube-public", "kube-node-lease");
    private static final String NAME = "kubernetes";
    private static final int INVALID = 422;

    private final Caches caches;
    private final Writer writer;
    private final InetSocketAddress apiServer;

    InitialObjects(Caches caches, Writer writer, InetSocketAddress apiServer) {
        this.caches = caches;
        this.writer = writer;
        this.apiServer = apiServer;
    }

    void create() {
        for (String name : NAMESPACES) {
            if (caches.namespaces().get(new ObjectKey("", name)).isEmpty()) {
                writer.createIfAbsent(
                        caches.namespaces(),
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .build());
            }
        }
        ObjectKey key = new ObjectKey("default", NAME);
        if (caches.services().get(key).isEmpty()) {
            createService();
        }
        if (caches.endpoints().get(key).isEmpty()) {
            createEndpoints();
        }
    }

    /**
     * The server's own address is the Service's, so that no balancer stands before it, unless the server gives it
     * another.
     */
    private void createService() {
        String address = apiServer.getAddress().getHostAddress();
        try {
            writer.createIfAbsent(caches.services(), service(address));
        } catch (KubernetesClientException e) {
            if (e.getCode() != INVALID) {
                throw e;
            }
            writer.createIfAbsent(caches.services(), service(null));
        }
    }

    private Service service(@Nullable String address) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(NAME)
                .addToLabels("component", "apiserver")
                .addToLabels("provider", NAME)
                .endMetadata()
                .withNewSpec()
                .withClusterIP(address)
                .addNewPort()
                .withName("https")
                .withProtocol("TCP")
                .withPort(apiServer.getPort())
                .withNewTargetPort(apiServer.getPort())
                .endPort()
                .endSpec()
                .build();
    }

    private void createEndpoints() {
        writer.createIfAbsent(
                caches.endpoints(),
                new EndpointsBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName(NAME)
                        .endMetadata()
                        .addNewSubset()
                        .addNewAddress()
                        .withIp(apiServer.getAddress().getHostAddress())
                        .endAddress()
                        .addNewPort()
                        .withName("https")
                        .withPort(apiServer.getPort())
                        .withProtocol("TCP")
                        .endPort()
                        .endSubset()
                        .build());
    }
}
