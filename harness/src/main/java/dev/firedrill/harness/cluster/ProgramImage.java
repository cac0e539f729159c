package dev.firedrill.harness.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an image name stands for: a Java program, or, where pods are processes, a program on this machine. The
 * container's {@code args} follow the entry point, and a container's {@code command} replaces it, as with any image.
 * Where pods are containers, an image is built of a Java program and loaded into the node; any other program is there
 * an image of the Docker engine, if {@link #inContainers} names one.
 *
 * <pre>{@code
 * ProgramImage.java("bakery/orders", List.of(), "com.example.bakery.Orders")
 * ProgramImage.program("prom/prometheus", "prometheus").inContainers("prom/prometheus:v3.5.0")
 * }</pre>
 *
 * @param name the image's name as pods have it. Where pods are processes, a tag or digest in a pod is ignored when the
 *     name here has none; where they are containers, no tag means {@code latest}
 * @param classPath jars (or directories) of a Java program; empty for the class path of this JVM
 * @param mainClassOrNull the entry point of a Java program
 * @param entryPoint program and leading arguments of any other program
 * @param launcher what starts the program of this machine, which is its last argument but for the program's own
 * @param engineImageOrNull the image of any other program where pods are containers
 */
public record ProgramImage(
        String name,
        List<Path> classPath,
        @Nullable String mainClassOrNull,
        List<String> entryPoint,
        List<String> launcher,
        @Nullable EngineImage engineImageOrNull) {
    public ProgramImage {
        Objects.requireNonNull(name, "name");
        classPath = List.copyOf(classPath);
        entryPoint = List.copyOf(entryPoint);
        launcher = List.copyOf(launcher);
    }

    /**
     * An image that the Docker engine has, or can pull.
     *
     * @param image its name there
     * @param entryPoint what is run instead of the image's own entry point; empty for that
     */
    public record EngineImage(String image, List<String> entryPoint) {
        public EngineImage {
            Objects.requireNonNull(image, "image");
            entryPoint = List.copyOf(entryPoint);
        }
    }

    /** The image of the harness's own program inside a cluster, which every kind knows. */
    public static ProgramImage agent() {
        return java("firedrill/agent", List.of(), "dev.firedrill.harness.agent.Agent");
    }

    /** An image that runs a Java program. */
    public static ProgramImage java(String name, List<Path> classPath, String mainClass) {
        return new ProgramImage(name, classPath, mainClass, List.of(), List.of(), null);
    }

    /**
     * An image that runs a program of this machine, found by this JVM's {@code PATH}:
     * {@code program("prom/prometheus", "prometheus")}.
     */
    public static ProgramImage program(String name, String... entryPoint) {
        return new ProgramImage(name, List.of(), null, List.of(entryPoint), List.of(), null);
    }

    /**
     * The same, which is, where pods are containers, an image of the Docker engine. It is loaded into the node under
     * {@link #name}.
     *
     * @param image its name in the engine, which pulls it if it is not there
     * @param command what is run instead of the image's own entry point; none for that
     */
    public ProgramImage inContainers(String image, String... command) {
        return new ProgramImage(
                name, classPath, mainClassOrNull, entryPoint, launcher, new EngineImage(image, List.of(command)));
    }

    /** The same, which another program of this machine starts, where pods are processes: {@code through("nice")}. */
    public ProgramImage through(String... command) {
        return new ProgramImage(name, classPath, mainClassOrNull, entryPoint, List.of(command), engineImageOrNull);
    }

    /**
     * The environment variable that names another image for one, where a cluster pulls its images by itself: the name
     * without its tag in capitals, {@code FIREDRILL_AGENT_IMAGE} for {@code firedrill/agent:latest}.
     */
    public static String variable(String image) {
        String untagged = image.replaceFirst("@.*$", "").replaceFirst(":[^/:]*$", "");
        return untagged.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_") + "_IMAGE";
    }

    public Optional<String> mainClass() {
        return Optional.ofNullable(mainClassOrNull);
    }

    public Optional<EngineImage> engineImage() {
        return Optional.ofNullable(engineImageOrNull);
    }

    /** The same, started by another program with the same leading arguments. */
    public ProgramImage startedBy(String program) {
        List<String> line = new ArrayList<>(entryPoint);
        line.set(0, program);
        return new ProgramImage(name, classPath, mainClassOrNull, line, launcher, engineImageOrNull);
    }

    /** The same; a Java program without a class path of its own has that of this JVM. */
    public ProgramImage completed() {
        return classPath.isEmpty() && mainClassOrNull != null
                ? java(name, ClassPaths.ofThisJvm(), mainClassOrNull)
                : this;
    }
}
