package dev.firedrill.harness.junit;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.Clusters;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The one cluster of a JVM: started for the first class that needs it, closed after the last. */
final class SharedCluster implements AutoCloseable {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedCluster.class);

    private final Cluster cluster;

    private SharedCluster(Cluster cluster) {
        this.cluster = cluster;
    }

    static Cluster of(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(SharedCluster.class, key -> start(), SharedCluster.class)
                .cluster;
    }

    private static SharedCluster start() {
        String kind = System.getProperty(Clusters.PROPERTY, Clusters.AUTO);
        return new SharedCluster(Clusters.start(
                kind, ClusterRequest.plain().reportingTo(line -> System.err.println("firedrill: " + line))));
    }

    @Override
    public void close() {
        cluster.close();
    }
}
