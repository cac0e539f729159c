package dev.firedrill.harness.cluster.existing;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterKind;
import dev.firedrill.harness.cluster.ClusterProvider;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.model.ConfigurationException;
import java.util.Optional;

/** Offers one namespace of a cluster that is there already, where it is named and every guard lets it pass. */
public final class ExistingClusterProvider implements ClusterProvider {
    @Override
    public ClusterKind kind() {
        return ClusterKind.EXISTING;
    }

    @Override
    public Optional<String> unavailable(ClusterRequest request) {
        try {
            Entrance.of(request.target(), Guards.ofProperties()).check(Entrance.requireNamespace(request.target()));
            return Optional.empty();
        } catch (ConfigurationException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Cluster start(ClusterRequest request) {
        return ExistingCluster.open(request);
    }
}
