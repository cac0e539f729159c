package dev.firedrill.harness.cluster.embedded.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.cluster.ProgramImage;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTableTest {
    private final ImageTable table = new ImageTable(List.of(
            ProgramImage.program("prom/prometheus", "prometheus"),
            ProgramImage.program("busybox", "sh"),
            ProgramImage.program("tool:2", "two"),
            ProgramImage.program("localhost:5000/tool", "local")));

    @ParameterizedTest
    @CsvSource({
        "prom/prometheus,prometheus",
        "prom/prometheus:v3.1.0,prometheus",
        "docker.io/prom/prometheus:v3.1.0,prometheus",
        "prom/prometheus@sha256:abc,prometheus",
        "docker.io/library/busybox:1,sh",
        "tool:2,two",
        "localhost:5000/tool,local",
        "localhost:5000/tool:9,local",
    })
    void an_image_is_found_whatever_its_tag(String name, String program) {
        assertThat(table.find(name).map(ProgramImage::entryPoint)).contains(List.of(program));
    }

    @ParameterizedTest
    @CsvSource({"tool", "tool:1", "prometheus", "quay.io/prom/prometheus"})
    void another_image_is_not(String name) {
        assertThat(table.find(name)).isEmpty();
    }
}
