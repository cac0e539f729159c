package dev.firedrill.harness.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** A namespace that is made for a system on a throwaway cluster, and deleted with all that is in it. */
record OwnNamespace(KubernetesClient client, String namespace) implements Ground {
    static OwnNamespace make(KubernetesClient client, String name) {
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels(ALLOWED, "true")
                        .endMetadata()
                        .build())
                .create();
        return new OwnNamespace(client, name);
    }

    @Override
    public List<HasMetadata> prepare(List<HasMetadata> objects) {
        return objects;
    }

    @Override
    public void close() {
        client.namespaces().withName(namespace).delete();
    }
}
