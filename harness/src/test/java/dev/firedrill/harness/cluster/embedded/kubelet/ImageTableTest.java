package dev.firedrill.harness.cluster.embedded.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.cluster.ProgramImage;
import dev.firedrill.harness.model.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
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
        assertThat(table.find(name)).hasValueSatisfying(image -> assertThat(
                        Path.of(image.entryPoint().get(0)).getFileName())
                .hasToString(program));
    }

    @ParameterizedTest
    @CsvSource({"tool", "tool:1", "prometheus", "quay.io/prom/prometheus"})
    void another_image_is_not(String name) {
        assertThat(table.find(name)).isEmpty();
    }

    @Test
    void a_program_is_found_as_this_jvm_finds_it() {
        table.add(List.of(ProgramImage.program("shell", "sh", "-c")));

        assertThat(table.find("shell:1")).hasValueSatisfying(image -> {
            assertThat(Path.of(image.entryPoint().get(0))).isAbsolute().isExecutable();
            assertThat(image.entryPoint()).hasSize(2).endsWith("-c");
        });
    }

    @Test
    void an_image_that_no_program_can_stand_for_is_refused_and_nothing_added() {
        ProgramImage absent =
                ProgramImage.program("far/away", "no-such-program").inContainers("far/away:1");
        ProgramImage container = ProgramImage.program("own/shop").inContainers("own/shop:dev");

        assertThatThrownBy(() -> table.add(List.of(ProgramImage.program("shell", "sh"), absent)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("image far/away cannot be had on the embedded cluster: there is no program"
                        + " \"no-such-program\" on the PATH; install it, or use k3s");
        assertThat(table.find("shell")).isEmpty();
        assertThatThrownBy(() -> table.add(List.of(container)))
                .hasMessage("image own/shop cannot be had on the embedded cluster: it stands for no program of this"
                        + " machine; use k3s");
    }
}
