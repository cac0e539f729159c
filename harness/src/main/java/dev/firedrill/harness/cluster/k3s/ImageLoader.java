package dev.firedrill.harness.cluster.k3s;

import com.github.dockerjava.api.DockerClient;
import dev.firedrill.harness.cluster.NotedClasses;
import dev.firedrill.harness.cluster.ProgramImage;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.ProvisioningException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Brings images into the node: those of Java programs, which are built here, and those of the Docker engine under the
 * names that pods use. Each once.
 */
final class ImageLoader implements AutoCloseable {
    private static final Duration LOADED = Duration.ofMinutes(2);

    private final NodeContainer node;
    private final String javaImage;
    private final Map<String, String> labels;
    private final Consumer<String> progress;
    private final OneOffContainers containers = new OneOffContainers();
    private final Collection<ProgramImage> loaded = new CopyOnWriteArrayList<>();

    /** Images that were built together, as the next cluster will ask for them. */
    private final Collection<List<ProgramImage>> built = new CopyOnWriteArrayList<>();

    /**
     * A loader.
     *
     * @param javaImage the id of the image on which those of Java programs are based
     * @param labels of what it starts in the engine
     */
    ImageLoader(NodeContainer node, String javaImage, Map<String, String> labels, Consumer<String> progress) {
        this.node = node;
        this.javaImage = javaImage;
        this.labels = labels;
        this.progress = progress;
    }

    /**
     * Loads what is not loaded yet. A program that is neither Java nor an image of the engine is left to the node.
     *
     * @throws dev.firedrill.harness.model.ConfigurationException if the engine cannot have an image
     * @throws ProvisioningException if images cannot be built or loaded
     */
    void load(List<ProgramImage> images) {
        if (!missing(images).isEmpty()) {
            loadInTurn(images);
        }
    }

    /** What was loaded so far. */
    List<ProgramImage> loaded() {
        return List.copyOf(loaded);
    }

    private List<ProgramImage> missing(List<ProgramImage> images) {
        return images.stream()
                .filter(image ->
                        image.engineImage().isPresent() || image.mainClass().isPresent())
                .filter(image -> !loaded.contains(image))
                .toList();
    }

    private synchronized void loadInTurn(List<ProgramImage> images) {
        List<ProgramImage> missing = missing(images);
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
            byBase.computeIfAbsent(base, key -> new ArrayList<>()).add(image);
        }
        return byBase;
    }

    private void load(List<ProgramImage> images, String base, DockerClient docker) {
        ArchiveCache.Archive archive = archive(images, base, docker, "");
        if (base.equals(javaImage)) {
            built.add(images);
        }
        node.running().join();
        long loading = System.nanoTime();
        load(archive.file());
        progress.accept("images loaded into the node (" + StartStages.seconds(loading) + ")");
    }

    /**
     * Builds the images of Java programs once more, with what is known of their classes now: the next cluster finds
     * them.
     *
     * @throws ProvisioningException if they cannot be built
     */
    synchronized void buildForNextTime() {
        try (Engine engine = Engine.connect()) {
            built.forEach(images ->
                    archive(images, javaImage, engine.docker(), ", with their class data, for the next start"));
        }
    }

    private ArchiveCache.Archive archive(List<ProgramImage> images, String base, DockerClient docker, String purpose) {
        long begun = System.nanoTime();
        Map<List<Path>, Set<String>> noted = new LinkedHashMap<>();
        List<ProgramImage> programs = new ArrayList<>();
        for (ProgramImage image : images) {
            ProgramImage program = image.engineImage().isPresent() ? image : ProgramFiles.of(image);
            programs.add(program);
            noted.computeIfAbsent(program.classPath(), key -> new LinkedHashSet<>())
                    .addAll(NotedClasses.of(ClassNotes.CACHE, image));
        }
        ArchiveCache.Archive archive = ArchiveCache.ofUser()
                .of(new ArchiveCache.Order(
                        programs,
                        base,
                        () -> docker.saveImageCmd(base).exec(),
                        new ClassData(noted, new ClassDataMaker(docker, labels, containers))));
        progress.accept("images of "
                + programs.stream().map(ProgramImage::name).distinct().collect(Collectors.joining(", "))
                + (archive.fresh() ? " built" : " unchanged") + purpose + " (" + StartStages.seconds(begun) + ")");
        return archive;
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

    /** What it has under way in the engine is given up. */
    @Override
    public void close() {
        containers.close();
    }
}
