package dev.firedrill.harness.cluster.embedded;

import static dev.firedrill.harness.cluster.embedded.EmbeddedPods.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.cluster.embedded.kubelet.ProcessMark;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left of a cluster that was closed. */
@Timeout(120)
class ClosingIT {
    private static final int PODS = 30;

    @Test
    void no_container_that_ends_with_its_node_is_started_again() throws Exception {
        String run;
        try (EmbeddedPods pods = new EmbeddedPods()) {
            String namespace = pods.newNamespace();
            List<String> names =
                    IntStream.range(0, PODS).mapToObj(i -> "pod-" + i).toList();
            names.forEach(name -> pods.create(namespace, shell(name, "exec sleep 600")));
            names.forEach(name -> pods.await(namespace, name, EmbeddedPods::ready));
            run = EmbeddedPods.run(EmbeddedPods.pid(pods.await(namespace, names.get(0), EmbeddedPods::ready)));
            assertThat(ProcessMark.processes(run)).hasSize(PODS);
        }

        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(ProcessMark.processes(run)).isEmpty());
    }
}
