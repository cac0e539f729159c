package dev.firedrill.harness.cluster.k3s;

import dev.firedrill.harness.cluster.ClassPaths;
import dev.firedrill.harness.cluster.ProgramImage;
import dev.firedrill.harness.cluster.SmallJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes images of programs on one base into one archive, as {@code docker save} would. A Java program's is the base, a
 * layer of dependencies, a layer of own code, and where it is known which classes are loaded a layer of class data,
 * which makes the start quicker; programs with the same class path share these layers and differ in their entry point
 * alone. An image of the engine is the base by another name, if need be with another entry point.
 *
 * <p>Source: Docker Image Specification v1.2, "Combined Image JSON + Filesystem Changeset Format".
 */
final class ImageArchive {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ROOT = "app/";
    private static final String SECURITY_FILE = ROOT + "java.security";
    private static final String CLASS_DATA = ROOT + "classes.jsa";

    private final BaseImage base;
    private final Map<String, Path> layers = new LinkedHashMap<>();
    private final Map<String, byte[]> configurations = new LinkedHashMap<>();
    private final ArrayNode manifest = JSON.createArrayNode();

    ImageArchive(BaseImage base) {
        this.base = base;
    }

    /**
     * What is on top of the base for programs of one class path.
     *
     * @param options further ones of the JVM
     */
    private record Parts(List<ImageLayer> layers, List<String> options) {
        static final Parts NONE = new Parts(List.of(), List.of());
    }

    /** Finds or makes an archive of class data. */
    interface ClassDataSource {
        /**
         * The archive for a class path.
         *
         * @param layers archives of files, with the jars
         * @param jars where the jars are then, in the order of the class path
         * @return empty if there is none
         */
        Optional<Path> of(List<Path> classPath, List<Path> layers, List<String> jars) throws IOException;

        /** Whether programs with a class path are to note their classes. */
        boolean notes(List<Path> classPath);
    }

    /**
     * Writes the archive.
     *
     * @param workshop a directory for layers while they are made
     */
    static void write(
            List<ProgramImage> programs, BaseImage base, ClassDataSource classData, Path workshop, Path target)
            throws IOException {
        ImageArchive archive = new ImageArchive(base);
        Map<List<Path>, Parts> made = new LinkedHashMap<>();
        for (ProgramImage program : programs) {
            Parts parts = program.engineImage().isPresent() ? Parts.NONE : made.get(program.classPath());
            if (parts == null) {
                parts = partsOf(program.classPath(), classData, workshop, made.size());
                made.put(program.classPath(), parts);
            }
            archive.add(program, parts);
        }
        archive.writeTo(target);
    }

    private static Parts partsOf(List<Path> classPath, ClassDataSource classData, Path workshop, int number)
            throws IOException {
        List<ImageLayer> layers = new ArrayList<>(layersOf(classPath, workshop, number));
        Optional<Path> archive =
                classData.of(classPath, layers.stream().map(ImageLayer::file).toList(), jarsOf(classPath));
        if (archive.isPresent()) {
            ImageLayer layer = ImageLayer.start(workshop.resolve("class-data-" + number + ".tar"));
            try (layer) {
                layer.addTree(CLASS_DATA, archive.get());
            }
            layers.add(layer);
            List<String> options = new ArrayList<>(SmallJvm.QUIET_ARCHIVE);
            options.add("-XX:SharedArchiveFile=/" + CLASS_DATA);
            return new Parts(layers, options);
        }
        return new Parts(
                layers, classData.notes(classPath) ? List.of("-XX:DumpLoadedClassList=" + ClassData.NOTES) : List.of());
    }

    private static List<String> jarsOf(List<Path> classPath) {
        return placed(classPath).entrySet().stream()
                .filter(entry -> ClassPaths.isJar(entry.getKey()))
                .map(entry -> "/" + entry.getValue())
                .toList();
    }

    private static List<ImageLayer> layersOf(List<Path> classPath, Path workshop, int number) throws IOException {
        ImageLayer dependencies = ImageLayer.start(workshop.resolve("dependencies-" + number + ".tar"));
        ImageLayer own = ImageLayer.start(workshop.resolve("own-" + number + ".tar"));
        try (dependencies;
                own) {
            dependencies.addFile(SECURITY_FILE, SmallJvm.SECURITY.getBytes(StandardCharsets.US_ASCII));
            for (Map.Entry<Path, String> entry : placed(classPath).entrySet()) {
                (isOwn(entry.getKey()) ? own : dependencies).addTree(entry.getValue(), entry.getKey());
            }
        }
        return List.of(dependencies, own);
    }

    /** Code that changes with every build: what is not packed, or is Firedrill's. */
    private static boolean isOwn(Path entry) {
        return !ClassPaths.isJar(entry) || String.valueOf(entry.getFileName()).startsWith("firedrill");
    }

    /** Where each part of the class path is in the image, in the order of the class path there. */
    static Map<Path, String> placed(List<Path> classPath) {
        Map<Path, String> places = new LinkedHashMap<>();
        for (Path entry : ClassPaths.jarsFirst(classPath)) {
            places.putIfAbsent(entry, ROOT + places.size() + "-" + entry.getFileName());
        }
        return places;
    }

    /** How the image starts its program, empty for as its base does; part of what makes an image another one. */
    static List<String> entryPoint(ProgramImage program) {
        return entryPoint(program, List.of());
    }

    private static List<String> entryPoint(ProgramImage program, List<String> options) {
        if (program.engineImage().isPresent()) {
            return program.engineImage().get().entryPoint();
        }
        List<String> command = new ArrayList<>(List.of("java"));
        command.addAll(SmallJvm.OPTIONS);
        command.addAll(options);
        command.add("-Djava.security.properties=/" + SECURITY_FILE);
        command.add("-Dvertx.disableDnsResolver=true");
        command.add("-cp");
        command.add(String.join(
                ":",
                placed(program.classPath()).values().stream()
                        .map(place -> "/" + place)
                        .toList()));
        command.add(program.mainClass().orElseThrow());
        return command;
    }

    private void add(ProgramImage program, Parts own) {
        ObjectNode configuration = base.configuration();
        ArrayNode history = configuration.withArrayProperty("history");
        ArrayNode differences = configuration.withObjectProperty("rootfs").withArrayProperty("diff_ids");
        ArrayNode names = JSON.createArrayNode();
        base.layers().forEach(names::add);
        for (ImageLayer layer : own.layers()) {
            differences.add("sha256:" + layer.digest());
            history.add(JSON.createObjectNode().put("created_by", "firedrill"));
            names.add(layer.digest() + ".tar");
            layers.put(layer.digest() + ".tar", layer.file());
        }
        ObjectNode container = (ObjectNode) configuration.path("config");
        List<String> entryPoint = entryPoint(program, own.options());
        if (!entryPoint.isEmpty()) {
            container.remove("Cmd");
            container.set("Entrypoint", JSON.valueToTree(entryPoint));
        }
        byte[] written = JSON.writeValueAsBytes(configuration);
        String file = Digests.of(written) + ".json";
        configurations.put(file, written);
        ObjectNode entry = manifest.addObject().put("Config", file);
        entry.putArray("RepoTags").add(tagged(program.name()));
        entry.set("Layers", names);
    }

    /** An image's name with the tag that it has where none is given. */
    static String tagged(String image) {
        return image.contains(":") ? image : image + ":latest";
    }

    private void writeTo(Path target) throws IOException {
        try (OutputStream file = Files.newOutputStream(target);
                TarArchiveOutputStream tar = ImageLayer.tar(file)) {
            base.copyLayersTo(tar);
            for (Map.Entry<String, Path> layer : layers.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(layer.getKey());
                entry.setSize(Files.size(layer.getValue()));
                tar.putArchiveEntry(entry);
                Files.copy(layer.getValue(), tar);
                tar.closeArchiveEntry();
            }
            for (Map.Entry<String, byte[]> configuration : configurations.entrySet()) {
                ImageLayer.put(tar, configuration.getKey(), configuration.getValue());
            }
            ImageLayer.put(tar, "manifest.json", JSON.writeValueAsBytes(manifest));
        }
    }
}
