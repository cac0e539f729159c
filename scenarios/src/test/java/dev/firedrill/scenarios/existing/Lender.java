package dev.firedrill.scenarios.existing;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.ExistingTarget;
import dev.firedrill.harness.cluster.Ground;
import dev.firedrill.harness.cluster.existing.DrillRole;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whoever owns a cluster and lends a namespace of it: labels it, grants the shipped Role, and hands out its token. */
record Lender(KubernetesClient client, String namespace, Path kubeconfig) {
    private static final List<String> VERSIONS = List.of(
            "v1",
            "apps/v1",
            "networking.k8s.io/v1",
            "coordination.k8s.io/v1",
            "discovery.k8s.io/v1",
            "rbac.authorization.k8s.io/v1",
            "policy/v1");

    static Lender in(Cluster cluster, String namespace, Path directory) throws IOException {
        KubernetesClient client = cluster.client();
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .addToLabels(Ground.ALLOWED, "true")
                        .endMetadata()
                        .build())
                .create();
        client.load(new ByteArrayInputStream(DrillRole.in(namespace).manifest().getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
        String token = client.serviceAccounts()
                .inNamespace(namespace)
                .withName("firedrill")
                .tokenRequest()
                .getStatus()
                .getToken();
        Path kubeconfig = Files.writeString(directory.resolve(namespace + ".yaml"), """
                clusters: [{name: c, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users: [{name: u, user: {token: "%s"}}]
                contexts: [{name: borrower, context: {cluster: c, user: u}}]
                """.formatted(
                        client.getMasterUrl(), client.getConfiguration().getCaCertData(), token));
        return new Lender(client, namespace, kubeconfig);
    }

    /** The way in for whoever borrows it. */
    ClusterRequest request() {
        return ClusterRequest.plain().at(new ExistingTarget(kubeconfig, "borrower", namespace));
    }

    /** The names of all that is in the namespace, but for its events, which tell what happened. */
    Set<String> everything() {
        Set<String> names = new TreeSet<>();
        for (String version : VERSIONS) {
            for (APIResource resource : client.getApiResources(version).getResources()) {
                boolean listed = Boolean.TRUE.equals(resource.getNamespaced())
                        && resource.getVerbs().contains("list")
                        && !resource.getKind().equals("Event");
                if (listed) {
                    client.genericKubernetesResources(version, resource.getKind())
                            .inNamespace(namespace)
                            .list()
                            .getItems()
                            .forEach(object -> names.add(resource.getKind() + "/"
                                    + object.getMetadata().getName()));
                }
            }
        }
        return names;
    }
}
