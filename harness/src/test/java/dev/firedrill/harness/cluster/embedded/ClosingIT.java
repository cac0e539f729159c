package dev.firedrill.harness.cluster.embedded;

import static dev.firedrill.harness.cluster.embedded.EmbeddedPods.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.cluster.embedded.kubelet.ProcessMark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a cluster that was closed. */
@Timeout(120)
class ClosingIT {
    @Test
    void a_container_that_ends_with_its_node_is_not_started_again(@TempDir Path directory) throws Exception {
        Path starts = directory.resolve("starts");
        String run;
        try (EmbeddedPods pods = new EmbeddedPods()) {
            String namespace = pods.newNamespace();
            pods.create(namespace, shell("obedient", "echo started >> " + starts + "; exec sleep 600"));
            // The node waits for this one: time enough to start the other again.
            pods.create(namespace, shell("stubborn", "trap '' TERM; while :; do sleep 0.1; done"));
            run = EmbeddedPods.run(EmbeddedPods.pid(pods.await(namespace, "obedient", EmbeddedPods::ready)));
            pods.await(namespace, "stubborn", EmbeddedPods::ready);
            assertThat(Files.readAllLines(starts)).isEqualTo(List.of("started"));
        }

        assertThat(Files.readAllLines(starts)).isEqualTo(List.of("started"));
        assertThat(ProcessMark.processes(run)).isEmpty();
    }
}
