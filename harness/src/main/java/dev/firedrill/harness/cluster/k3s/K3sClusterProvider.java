package dev.firedrill.harness.cluster.k3s;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterKind;
import dev.firedrill.harness.cluster.ClusterProvider;
import dev.firedrill.harness.cluster.ClusterRequest;
import java.util.Optional;

/** Offers a k3s wherever a Docker engine answers. Its images may still be missing; then the start says so. */
public final class K3sClusterProvider implements ClusterProvider {
    @Override
    public ClusterKind kind() {
        return ClusterKind.K3S;
    }

    @Override
    public Optional<String> unavailable(ClusterRequest request) {
        return DockerEndpoint.ofUser().unavailable();
    }

    @Override
    public Cluster start(ClusterRequest request) {
        return K3sCluster.start(request, NodeImages.ofEnvironment(System.getenv()));
    }
}
