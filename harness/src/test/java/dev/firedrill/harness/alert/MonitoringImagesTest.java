package dev.firedrill.harness.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.cluster.ProgramImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitoringImagesTest {
    @Test
    void without_a_variable_containers_are_of_the_public_images_with_their_own_entry_points() {
        assertThat(MonitoringImages.ofEnvironment(Map.of())).allSatisfy(image -> assertThat(image.engineImage())
                .contains(new ProgramImage.EngineImage(image.name(), List.of())));
    }

    @Test
    void one_image_can_stand_for_all_programs() {
        assertThat(MonitoringImages.ofEnvironment(Map.of(MonitoringImages.VARIABLE, "all:1")))
                .extracting(image -> image.engineImage().orElseThrow())
                .containsExactly(
                        new ProgramImage.EngineImage("all:1", List.of("prometheus")),
                        new ProgramImage.EngineImage("all:1", List.of("prometheus-alertmanager")),
                        new ProgramImage.EngineImage("all:1", List.of("prometheus-blackbox-exporter")));
    }

    @Test
    void a_process_gets_its_configuration_with_addresses_for_the_names_of_services(@TempDir Path directory)
            throws Exception {
        Files.writeString(directory.resolve("main.yml"), """
                url: http://pager:8080/webhook
                targets: ["ingress-internal:8081", "ingress:8080", "my-pager:8080", "pager.other:8080"]
                edge: dashboard->pager:8080
                """);
        Files.writeString(directory.resolve("rules.yml"), "at: 'ingress:8080'\n");
        List<String> command = new java.util.ArrayList<>(
                MonitoringImages.ofEnvironment(Map.of()).get(0).launcher());
        // Stands for the program: shows its arguments and the files beside its configuration.
        command.addAll(List.of("sh", "-c", "echo $0; cat ${1#*=} $(dirname ${1#*=})/rules.yml", "--flag=a b"));
        command.add("--config.file=" + directory.resolve("main.yml"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TMPDIR", directory.toString());
        builder.environment()
                .putAll(Map.of(
                        "PAGER_SERVICE_HOST", "127.1.2.3",
                        "INGRESS_SERVICE_HOST", "127.1.2.4",
                        "INGRESS_INTERNAL_SERVICE_HOST", "127.1.2.5"));

        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said).isEqualTo("""
                --flag=a b
                url: http://127.1.2.3:8080/webhook
                targets: ["127.1.2.5:8081", "127.1.2.4:8080", "my-pager:8080", "pager.other:8080"]
                edge: dashboard->pager:8080
                at: '127.1.2.4:8080'
                """);
        assertThat(process.waitFor()).isZero();
        assertThat(directory.resolve("main.yml")).content().contains("http://pager:8080");
    }
}
