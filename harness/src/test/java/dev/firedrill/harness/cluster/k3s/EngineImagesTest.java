package dev.firedrill.harness.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.testcontainers.utility.ResourceReaper;

class EngineImagesTest {
    @Test
    void the_clean_up_image_is_the_one_that_testcontainers_asks_for() throws IOException {
        try (InputStream container = ResourceReaper.class.getResourceAsStream("RyukContainer.class")) {
            assertThat(container).isNotNull();
            assertThat(new String(container.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .contains(EngineImages.CLEAN_UP);
        }
    }
}
