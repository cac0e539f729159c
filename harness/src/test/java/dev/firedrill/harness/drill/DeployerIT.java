package dev.firedrill.harness.drill;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.Clusters;
import dev.firedrill.harness.cluster.ProgramImage;
import dev.firedrill.harness.model.ProvisioningException;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeployerIT {
    private static final String NAMESPACE = "broken";

    /** A program that names what is wrong, and ends. */
    static final class Misconfigured {
        private Misconfigured() {}

        public static void main(String[] arguments) {
            System.out.println("the oven is cold");
            System.exit(2);
        }
    }

    @Test
    void what_does_not_become_ready_is_named_with_what_it_said_last() {
        ClusterRequest request = ClusterRequest.plain()
                .withImage(ProgramImage.java("bakery/oven", List.of(), Misconfigured.class.getName()));
        try (Cluster cluster = Clusters.start("embedded", request)) {
            cluster.client()
                    .namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(NAMESPACE)
                            .endMetadata()
                            .build())
                    .create();
            Deployer deployer = new Deployer(cluster.client(), NAMESPACE);
            deployer.deploy(List.of(oven()));

            assertThatThrownBy(() -> deployer.awaitReady(Duration.ofSeconds(5)))
                    .isInstanceOf(ProvisioningException.class)
                    .hasMessageStartingWith("not ready after 5 s in namespace broken: Deployment oven (pods: oven-")
                    .hasMessageContaining("CrashLoopBackOff ")
                    .hasMessageContaining(", and said last: the oven is cold; warnings: BackOff: ")
                    .hasMessageEndingWith("; look with: kubectl -n broken describe pods");
        }
    }

    private static Deployment oven() {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("oven")
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(Map.of("app", "oven"))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Map.of("app", "oven"))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("oven")
                .withImage("bakery/oven")
                .withNewReadinessProbe()
                .withNewTcpSocket()
                .withNewPort(8080)
                .endTcpSocket()
                .endReadinessProbe()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
