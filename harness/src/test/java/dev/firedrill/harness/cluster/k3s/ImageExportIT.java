package dev.firedrill.harness.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.model.ConfigurationException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("waits")
class ImageExportIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @BeforeEach
    void engine() {
        new K3sClusterProvider().unavailable(ClusterRequest.plain()).ifPresent(reason -> {
            throw new TestAbortedException(reason);
        });
    }

    @Test
    void an_image_is_pushed_whole_and_leaves_no_tag_in_the_engine() throws IOException {
        try (LocalRegistry registry = new LocalRegistry()) {
            ImageExport export = ImageExport.of(ClusterRequest.plain());
            List<String> before = tags();

            Map<String, String> pushed = export.push(registry.address() + "/team");

            assertThat(pushed)
                    .containsExactly(Map.entry("firedrill/agent", registry.address() + "/team/firedrill-agent:latest"));
            JsonNode manifest = JSON.readTree(
                    registry.manifest("team/firedrill-agent", "latest").orElseThrow());
            assertThat(manifest.path("layers").size()).isGreaterThan(2);
            manifest.path("layers").forEach(layer -> assertThat(
                            registry.blob(layer.path("digest").asString()))
                    .isPresent());
            JsonNode configuration = JSON.readTree(
                    registry.blob(manifest.path("config").path("digest").asString())
                            .orElseThrow());
            assertThat(configuration.path("config").path("Entrypoint").toString())
                    .contains("dev.firedrill.harness.agent.Agent");
            assertThat(tags()).isEqualTo(before);
        }
    }

    @Test
    void a_registry_that_is_not_there_is_told_and_leaves_no_tag_either() {
        ImageExport export = ImageExport.of(ClusterRequest.plain());
        List<String> before = tags();

        assertThatThrownBy(() -> export.push("127.0.0.1:1/team"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("--push 127.0.0.1:1/team: ")
                .hasMessageContaining("connection refused");
        assertThat(tags()).isEqualTo(before);
    }

    /** Of images that this test makes; others may come and go meanwhile. */
    private static List<String> tags() {
        try (Engine engine = Engine.connect()) {
            return engine.docker().listImagesCmd().exec().stream()
                    .flatMap(image -> image.getRepoTags() == null ? Stream.empty() : Arrays.stream(image.getRepoTags()))
                    .filter(tag -> tag.contains("firedrill"))
                    .sorted()
                    .toList();
        }
    }
}
