package dev.firedrill.harness.cluster.embedded.kubelet;

import dev.firedrill.harness.cluster.ProgramImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which program an image's name in a pod stands for. Docker's default registry and namespace may be left out. */
final class ImageTable {
    private final Map<String, ProgramImage> images = new LinkedHashMap<>();

    ImageTable(List<ProgramImage> images) {
        images.forEach(image -> this.images.put(canonical(image.name()), image));
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
