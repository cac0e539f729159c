package dev.firedrill.harness.fault;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.InjectionException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Keeps undo records, on disk and as ConfigMaps in the drill's namespace, until they are carried out. */
final class UndoStore {
    /** The label of the ConfigMaps that hold an undo. */
    static final String LABEL = "firedrill.dev/undo";

    static final String KEY = "undo.json";

    private final FaultScene scene;

    UndoStore(FaultScene scene) {
        this.scene = scene;
    }

    /** Writes the record to both places; only when it returns may anything be changed. */
    void keep(String id, UndoRecord undo) {
        try {
            Files.createDirectories(scene.undoDirectory());
            Path file = Files.createFile(
                    file(id), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, undo.toJson());
            ConfigMap kept = new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName(id)
                    .withNamespace(scene.namespace())
                    .addToLabels(LABEL, scene.run())
                    .addToLabels("app.kubernetes.io/managed-by", "firedrill")
                    .endMetadata()
                    .withData(Map.of(KEY, undo.toJson()))
                    .build();
            scene.client().resource(kept).create();
        } catch (IOException | KubernetesClientException e) {
            dropFile(id);
            throw new InjectionException(
                    "the undo of " + undo.fault() + " could not be written down, so nothing was injected: "
                            + e.getMessage(),
                    e);
        }
    }

    private void dropFile(String id) {
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            scene.journal()
                    .append(
                            "harness",
                            EventType.NOTE,
                            Map.of("text", "cannot delete " + file(id) + ": " + e.getMessage()));
        }
    }

    /** Forgets a record whose undo has been carried out. */
    void forget(String id) throws IOException {
        scene.client().configMaps().inNamespace(scene.namespace()).withName(id).delete();
        Files.deleteIfExists(file(id));
    }

    private Path file(String id) {
        return scene.undoDirectory().resolve(id + ".json");
    }
}
