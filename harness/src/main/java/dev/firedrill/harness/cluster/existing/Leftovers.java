package dev.firedrill.harness.cluster.existing;

import dev.firedrill.harness.cluster.Ground;
import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.client.KubernetesClient;

/** What a run that is gone has left in a namespace: it must be put back before another run begins there. */
final class Leftovers {
    private Leftovers() {}

    /** @throws ConfigurationException if there is something */
    static void check(KubernetesClient client, String context, String namespace) {
        boolean system = Inventory.left(client, namespace).isPresent();
        boolean faults = !client.configMaps()
                        .inNamespace(namespace)
                        .withLabel(Ground.UNDO)
                        .list()
                        .getItems()
                        .isEmpty()
                || !client.secrets()
                        .inNamespace(namespace)
                        .withLabel(Ground.UNDO)
                        .list()
                        .getItems()
                        .isEmpty();
        if (system || faults) {
            throw new ConfigurationException("a run that is gone has left "
                    + (faults ? system ? "faults and its system" : "faults" : "its system") + " in namespace "
                    + namespace + "; first: firedrill heal --all --cluster=existing --context=" + context
                    + " --namespace="
                    + namespace);
        }
    }
}
