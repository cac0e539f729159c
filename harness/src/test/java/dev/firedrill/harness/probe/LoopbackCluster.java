package dev.firedrill.harness.probe;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterKind;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** A cluster of which only the published addresses exist: loopback, at the Service's own port. */
final class LoopbackCluster implements Cluster {
    @Override
    public InetSocketAddress outside(String namespace, String service, int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public ClusterKind kind() {
        return ClusterKind.EMBEDDED;
    }

    @Override
    public String description() {
        return "loopback";
    }

    @Override
    public KubernetesClient client() {
        throw new UnsupportedOperationException("there is no API server");
    }

    @Override
    public Path kubeconfig() {
        throw new UnsupportedOperationException("there is no API server");
    }

    @Override
    public void collectDiagnostics(Path directory) {
        throw new UnsupportedOperationException("there is nothing to collect");
    }

    @Override
    public void close() {}
}
