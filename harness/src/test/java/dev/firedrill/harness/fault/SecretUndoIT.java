package dev.firedrill.harness.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.fault.configuration.RotatedSecret;
import dev.firedrill.harness.junit.Firedrill;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the undo of a Secret remembers is in a Secret, and nowhere else. */
@Tag("waits")
@Firedrill(system = TwoPrograms.class)
class SecretUndoIT {
    @Test
    void values_of_a_secret_are_kept_in_a_secret_alone(Stage stage) throws IOException {
        FaultScene scene = stage.scene();
        FaultEngine engine = new FaultEngine(scene);
        Injection injection = engine.inject("rotated", RotatedSecret.in("token", "token"), InjectionPhase.PLANT);
        String rotated = injection.plan().onlyField().after().orElseThrow().asString();

        List<Path> files = filesBelow(stage.request().directory());
        assertThat(files).anyMatch(file -> file.endsWith(injection.id() + ".json"));
        for (Path file : files) {
            assertThat(Files.readString(file)).as(file.toString()).doesNotContain(rotated, TwoPrograms.SECRET_VALUE);
        }
        Path undo = scene.undoDirectory().resolve(injection.id() + ".json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(undo)))
                .isEqualTo("rw-------");
        assertThat(scene.client()
                        .configMaps()
                        .inNamespace(scene.namespace())
                        .withLabel("firedrill.dev/undo")
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(scene.client()
                        .secrets()
                        .inNamespace(scene.namespace())
                        .withName(injection.id())
                        .get())
                .isNotNull();

        Healer healer = new Healer(scene.client(), List.of());
        assertThat(healer.heal(healer.open(List.of(scene.namespace()))).healed())
                .hasSize(1);
        assertThat(scene.client()
                        .secrets()
                        .inNamespace(scene.namespace())
                        .withName("token")
                        .require()
                        .getData())
                .containsEntry("token", TwoPrograms.SECRET_VALUE);
        assertThat(engine.undo(injection)).isEmpty();
    }

    private static List<Path> filesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
