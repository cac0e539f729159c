package dev.firedrill.harness.cluster.k3s;

import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.model.ConfigurationException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.opentest4j.TestAbortedException;

/** Clusters for tests; where there is no Docker engine or no image, the test is aborted, which its report tells. */
final class TestNode {
    private TestNode() {}

    static K3sCluster start(List<String> progress) {
        new K3sClusterProvider().unavailable(ClusterRequest.plain()).ifPresent(reason -> {
            throw new TestAbortedException(reason);
        });
        try {
            return K3sCluster.start(
                    ClusterRequest.plain().reportingTo(progress::add), NodeImages.ofEnvironment(System.getenv()));
        } catch (ConfigurationException e) {
            throw new TestAbortedException(e.getMessage());
        }
    }

    static List<String> lines() {
        return new CopyOnWriteArrayList<>();
    }
}
