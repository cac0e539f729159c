package dev.firedrill.harness.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.ProvisioningException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;

class RefusedStartIT {
    private final NodeImages images = NodeImages.ofEnvironment(System.getenv());

    @BeforeEach
    void engine() {
        new K3sClusterProvider().unavailable(ClusterRequest.plain()).ifPresent(reason -> {
            throw new TestAbortedException(reason);
        });
    }

    @Test
    void an_image_that_is_no_name_is_refused() {
        assertThatThrownBy(() -> start("Not an image"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("FIREDRILL_K3S_IMAGE names \"Not an image\", which is no image's name");
    }

    @Test
    void an_image_that_nobody_has_is_refused_with_what_to_do() {
        String absent = "127.0.0.1:1/nobody/k3s:v1";

        assertThatThrownBy(() -> start(absent))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("image " + absent + " is not in the Docker engine and cannot be pulled: ")
                .hasMessageEndingWith("; load it, or name another in FIREDRILL_K3S_IMAGE")
                .hasMessageNotContaining("{");
    }

    @Test
    void a_node_that_ends_at_once_is_told_with_its_last_words_and_removed() {
        assertThatThrownBy(() -> start(images.java()))
                .isInstanceOf(ProvisioningException.class)
                .hasMessageStartingWith(
                        "the node's container did not come up: its process ended; the last that it said:\n")
                .hasMessageContaining("server");
        assertThat(DockerClientFactory.lazyClient()
                        .listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(mine())
                        .withAncestorFilter(List.of(images.java()))
                        .exec())
                .isEmpty();
    }

    /** The label of containers that this JVM made: others may be under way beside it. */
    private static Map<String, String> mine() {
        String owner = RunOwner.ofThisJvm("").labels().getOrDefault(RunOwner.OWNER_LABEL, "");
        return Map.of(RunOwner.OWNER_LABEL, owner);
    }

    private void start(String node) {
        K3sCluster.start(ClusterRequest.plain(), new NodeImages(node, images.java()))
                .close();
    }
}
