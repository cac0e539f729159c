package dev.firedrill.harness.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** A Kubernetes cluster that a drill may break. Obtained from a {@link ClusterProvider}; closed by whoever got it. */
public interface Cluster extends AutoCloseable {
    /** The kind, which every verdict names. */
    ClusterKind kind();

    /** The server's version and node, for people: {@code "v1.34.0, node firedrill-1a2b"}. */
    String description();

    /**
     * A client of this cluster, closed with it: with full rights on one that was started here, with the rights of its
     * context on an existing one.
     */
    KubernetesClient client();

    /** A kubeconfig for this cluster, readable by this user alone (mode 0600). */
    Path kubeconfig();

    /**
     * Where a user outside the cluster reaches a port of a Service of type LoadBalancer.
     *
     * @throws dev.firedrill.harness.model.ProvisioningException if the Service is not there or has no such port
     */
    InetSocketAddress outside(String namespace, String service, int port);

    /** The flags by which kubectl finds this cluster, if its kubeconfig alone does not say it. */
    default String kubectlFlags() {
        return "";
    }

    /** From now on others may inject faults into what runs here, since nothing of it is judged any more. */
    default void welcomeGuests() {}

    /**
     * A namespace for a system. One of this name is made, where namespaces can be made; an existing cluster has one
     * only, which it lends to one system at a time.
     */
    default Ground ground(String name) {
        return OwnNamespace.make(client(), name);
    }

    /** What faults must heed here. */
    default Safeguards safeguards() {
        return Safeguards.none();
    }

    /**
     * Makes images of a system known, before its pods are made. A cluster whose nodes pull images by themselves has
     * nothing to do. What is known already is not brought again.
     *
     * @throws dev.firedrill.harness.model.ConfigurationException if an image cannot be had here; it says what to do
     */
    default void provide(List<ProgramImage> images) {}

    /**
     * Does now, when a system is ready and nothing is judged yet, what would disturb a drill later. Blocks; what it
     * cannot do is left out.
     */
    default void settle() {}

    /** Writes what the cluster knows below a directory: objects, events, pods' logs, its own logs. */
    void collectDiagnostics(Path directory);

    /** Ends every process of the cluster and removes its files. */
    @Override
    void close();
}
