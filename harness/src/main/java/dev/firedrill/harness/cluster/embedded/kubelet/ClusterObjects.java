package dev.firedrill.harness.cluster.embedded.kubelet;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the kubelet reads of the cluster on behalf of a pod. */
interface ClusterObjects {
    Optional<ConfigMap> configMap(String namespace, String name);

    Optional<Secret> secret(String namespace, String name);

    /** The Services of a namespace. */
    List<Service> services(String namespace);

    /**
     * A bearer token for a service account.
     *
     * @param audience whom it is meant for; null for the API server
     * @throws ConfigurationMissing if there is no such account
     */
    String token(String namespace, String serviceAccount, @Nullable String audience, Duration lifetime)
            throws ConfigurationMissing;
}
