package dev.firedrill.harness.cluster.k3s;

import dev.firedrill.harness.cluster.ClusterRequest;
import java.util.concurrent.CountDownLatch;

/** Starts a cluster and holds it until it is killed; a program of its own, for tests of what is left then. */
final class NodeHolder {
    private NodeHolder() {}

    public static void main(String[] args) throws InterruptedException {
        K3sCluster.start(ClusterRequest.plain(), NodeImages.ofEnvironment(System.getenv()));
        new CountDownLatch(1).await();
    }
}
