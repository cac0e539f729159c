package dev.firedrill.harness.cluster.embedded.kubelet;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A pod's own directory on this machine: its home, its volumes, its logs. */
final class PodFiles {
    private final Path root;

    PodFiles(Path pods, ObjectMeta pod) {
        this.root = pods.resolve(pod.getNamespace() + "_" + pod.getName() + "_" + pod.getUid());
    }

    /** Makes the directories. */
    void create() throws IOException {
        Files.createDirectories(temporary());
        Files.createDirectories(root.resolve("volumes"));
    }

    /** The programs' home and working directory. */
    Path home() {
        return root.resolve("home");
    }

    Path temporary() {
        return home().resolve("tmp");
    }

    Path volume(String name) throws IOException {
        return Files.createDirectories(root.resolve("volumes").resolve(name));
    }

    /** Where a copy of a single mounted file lies, which does not follow its volume. */
    Path subPath(String container, int index) throws IOException {
        return Files.createDirectories(
                root.resolve("subpaths").resolve(container).resolve(String.valueOf(index)));
    }

    /** The log of one run of a container, counted from 0. */
    Path log(String container, int run) throws IOException {
        return Files.createDirectories(root.resolve("logs").resolve(container)).resolve(run + ".log");
    }

    Path terminationMessage(String container) {
        return home().resolve(".termination-" + container);
    }

    void delete() throws IOException {
        Trees.delete(root);
    }
}
