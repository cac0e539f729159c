package dev.firedrill.harness.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LoadBalancerClassIT {
    @Test
    void a_balanced_service_of_a_class_is_left_to_the_balancer_of_that_class(@TempDir Path directory) {
        ControlPlane plane = new ControlPlane(directory);
        try {
            balanced(plane, "theirs", "example.com/other");
            balanced(plane, "ours", null);

            await().ignoreExceptions()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(outside(plane, "ours")).hasSize(1));
            assertThat(outside(plane, "theirs")).isEmpty();
        } finally {
            plane.close();
        }
    }

    private static void balanced(ControlPlane plane, String name, @Nullable String balancer) {
        plane.client
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withType("LoadBalancer")
                        .withLoadBalancerClass(balancer)
                        .addNewPort()
                        .withPort(8080)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
    }

    private static List<LoadBalancerIngress> outside(ControlPlane plane, String name) {
        return plane.client
                .services()
                .inNamespace("shop")
                .withName(name)
                .get()
                .getStatus()
                .getLoadBalancer()
                .getIngress();
    }
}
