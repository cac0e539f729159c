package dev.firedrill.harness.cluster.embedded;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** A careless program: it takes whatever cluster Fabric8 finds by itself. */
final class ApiCaller {
    private ApiCaller() {}

    public static void main(String[] arguments) {
        try (KubernetesClient client = new KubernetesClientBuilder()
                .editOrNewConfig()
                .withRequestRetryBackoffLimit(0)
                .endConfig()
                .build()) {
            System.out.println("calling " + client.getMasterUrl());
            client.namespaces().list();
        } catch (KubernetesClientException e) {
            System.out.println("refused: " + e.getMessage());
        }
        System.exit(7);
    }
}
