package dev.firedrill.harness.cluster.embedded.kubelet;

import dev.firedrill.harness.cluster.ProgramImage;
import dev.firedrill.harness.model.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Which program an image's name in a pod stands for. Docker's default registry and namespace may be left out. */
final class ImageTable {
    private final Map<String, ProgramImage> images = new ConcurrentSkipListMap<>();

    ImageTable(List<ProgramImage> images) {
        images.forEach(this::put);
    }

    private void put(ProgramImage image) {
        images.put(canonical(image.name()), located(image).orElse(image));
    }

    /**
     * Adds images; one of the same name is replaced.
     *
     * @throws ConfigurationException if one stands for nothing that can be run on this machine
     */
    void add(List<ProgramImage> more) {
        for (ProgramImage image : more) {
            if (image.mainClass().isEmpty() && located(image).isEmpty()) {
                throw new ConfigurationException("image " + image.name() + " cannot be had on the embedded cluster: "
                        + (image.entryPoint().isEmpty()
                                ? "it stands for no program of this machine; use k3s"
                                : "there is no program \"" + image.entryPoint().get(0)
                                        + "\" on the PATH; install it, or use k3s"));
            }
        }
        more.forEach(this::put);
    }

    /** The image with its program's path, by the search path of this JVM rather than the pods' own. */
    private static Optional<ProgramImage> located(ProgramImage image) {
        return image.entryPoint().stream()
                .findFirst()
                .flatMap(Launcher::onThisMachine)
                .map(path -> image.startedBy(path.toString()));
    }

    /** The program for a name with or without tag or digest; one that was configured with a tag matches that alone. */
    Optional<ProgramImage> find(String name) {
        String whole = canonical(name);
        ProgramImage exact = images.get(whole);
        return Optional.ofNullable(exact != null ? exact : images.get(withoutTag(whole)));
    }

    /** The configured names, for messages. */
    List<String> names() {
        return images.values().stream().map(ProgramImage::name).toList();
    }

    private static String canonical(String name) {
        String shorter = name.startsWith("docker.io/") ? name.substring("docker.io/".length()) : name;
        return shorter.startsWith("library/") ? shorter.substring("library/".length()) : shorter;
    }

    private static String withoutTag(String name) {
        int digest = name.indexOf('@');
        String undigested = digest < 0 ? name : name.substring(0, digest);
        int tag = undigested.lastIndexOf(':');
        return tag > undigested.lastIndexOf('/') ? undigested.substring(0, tag) : undigested;
    }
}
