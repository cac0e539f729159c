package dev.firedrill.harness.cluster.k3s;

import com.github.dockerjava.api.DockerClient;
import dev.firedrill.harness.cluster.ProgramImage;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.ProvisioningException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Brings images into the node: those of Java programs, which are built here, and those of the Docker engine under the
 * names that pods use. Each once.
 */
final class ImageLoader {
    private static final Duration LOADED = Duration.ofMinutes(2);

    private final NodeContainer node;
    private final String javaImage;
    private final Consumer<String> progress;
    private final Set<ProgramImage> loaded = new HashSet<>();

    /** @param javaImage the id of the image on which those of Java programs are based */
    ImageLoader(NodeContainer node, String javaImage, Consumer<String> progress) {
        this.node = node;
        this.javaImage = javaImage;
        this.progress = progress;
    }

    /**
     * Loads what is not loaded yet. A program that is neither Java nor an image of the engine is left to the node.
     *
     * @throws dev.firedrill.harness.model.ConfigurationException if the engine cannot have an image
     * @throws ProvisioningException if images cannot be built or loaded
     */
    synchronized void load(List<ProgramImage> images) {
        List<ProgramImage> missing = images.stream()
                .filter(image ->
                        image.engineImage().isPresent() || image.mainClass().isPresent())
                .filter(image -> !loaded.contains(image))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        try (Engine engine = Engine.connect()) {
            byBase(missing, new EngineImages(engine.docker(), progress))
                    .forEach((base, programs) -> load(programs, base, engine.docker()));
        }
        loaded.addAll(missing);
    }

    private Map<String, List<ProgramImage>> byBase(List<ProgramImage> images, EngineImages engine) {
        Map<String, List<ProgramImage>> byBase = new LinkedHashMap<>();
        for (ProgramImage image : images) {
            String base = image.engineImage()
                    .map(found -> engine.ensure(found.image(), "the ProgramImage of " + image.name()))
                    .orElse(javaImage);
            byBase.computeIfAbsent(base, key -> new ArrayList<>())
                    .add(image.engineImage().isPresent() ? image : ProgramFiles.of(image));
        }
        return byBase;
    }

    private void load(List<ProgramImage> programs, String base, DockerClient docker) {
        long begun = System.nanoTime();
        ArchiveCache.Archive archive = ArchiveCache.ofUser()
                .of(programs, base, () -> docker.saveImageCmd(base).exec());
        progress.accept("images of "
                + String.join(", ", programs.stream().map(ProgramImage::name).toList())
                + (archive.fresh() ? " built (" : " unchanged (") + StartStages.seconds(begun) + ")");
        node.running().join();
        long loading = System.nanoTime();
        load(archive.file());
        progress.accept("images loaded into the node (" + StartStages.seconds(loading) + ")");
    }

    private void load(Path archive) {
        try {
            node.load(archive, LOADED);
        } catch (IOException e) {
            Shortage.in(String.valueOf(e.getMessage())).ifPresent(lack -> {
                throw new ConfigurationException(lack, e);
            });
            throw new ProvisioningException(
                    "the images were not loaded into the node: " + e.getMessage() + "; last lines of containerd:\n"
                            + node.tail("containerd"),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProvisioningException("interrupted while images were loaded into the node", e);
        }
    }
}
