package dev.firedrill.harness.cluster;

import java.util.Optional;

/** A kind of cluster; found by {@link java.util.ServiceLoader}. */
public interface ClusterProvider {
    ClusterKind kind();

    /** Why what is asked for cannot be had here, in one sentence that says what to do; empty where it can. */
    Optional<String> unavailable(ClusterRequest request);

    /**
     * Starts a cluster and waits until it is ready for workloads.
     *
     * @throws dev.firedrill.harness.model.ProvisioningException if a stage fails or takes too long
     */
    Cluster start(ClusterRequest request);
}
