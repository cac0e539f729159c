package dev.firedrill.harness.cluster.embedded.apiserver;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

class Fabric8IT extends Fabric8Contract {
    @Override
    KubernetesClient client(ApiServer of, Config config) {
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
