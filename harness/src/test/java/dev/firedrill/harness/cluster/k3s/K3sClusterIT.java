package dev.firedrill.harness.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.agent.AgentDeployment;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.timeline.Timekeeper;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import org.junit.jupiter.api.Test;

class K3sClusterIT {
    @Test
    void starts() {
        try (K3sCluster cluster = K3sCluster.start(
                ClusterRequest.plain().reportingTo(line -> System.err.println("k3s: " + line)),
                NodeImages.ofEnvironment(System.getenv()))) {
            cluster.client()
                    .namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("shop")
                            .endMetadata()
                            .build())
                    .create();
            long t = System.nanoTime();
            var agent = AgentDeployment.standard().deploy(cluster.client(), "shop", Timekeeper.system());
            System.err.println("agent " + StartStages.seconds(t));
            assertThat(agent).isNotNull();
        }
    }
}
