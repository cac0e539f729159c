package dev.firedrill.harness.cluster.existing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.cluster.ProgramImage;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageNamesTest {
    @Test
    void each_image_has_a_variable_that_names_another() {
        assertThat(ProgramImage.variable("firedrill/fixtures:latest")).isEqualTo("FIREDRILL_FIXTURES_IMAGE");
        assertThat(ProgramImage.variable("registry.example:5000/acme/api-2@sha256:abc"))
                .isEqualTo("REGISTRY_EXAMPLE_5000_ACME_API_2_IMAGE");
        ImageNames names = new ImageNames(Map.of("FIREDRILL_AGENT_IMAGE", "registry.example/agent:7"));
        assertThat(names.named("firedrill/agent:latest")).isEqualTo("registry.example/agent:7");
        assertThat(names.named("firedrill/fixtures:latest")).isEqualTo("firedrill/fixtures:latest");
    }
}
