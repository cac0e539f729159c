package dev.firedrill.harness.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an image name stands for: a Java program, or, where pods are processes, a program on this machine. The
 * container's {@code args} follow the entry point, and a container's {@code command} replaces it, as with any image.
 * Where pods are containers, an image is built of a Java program and loaded into the node.
 *
 * @param name the image's name; a tag or digest in a pod is ignored when the name here has none
 * @param classPath jars (or directories) of a Java program; empty for the class path of this JVM
 * @param mainClassOrNull the entry point of a Java program
 * @param entryPoint program and leading arguments of any other program
 */
public record ProgramImage(
        String name, List<Path> classPath, @Nullable String mainClassOrNull, List<String> entryPoint) {
    public ProgramImage {
        Objects.requireNonNull(name, "name");
        classPath = List.copyOf(classPath);
        entryPoint = List.copyOf(entryPoint);
    }

    /** The image of the harness's own program inside a cluster, which every kind knows. */
    public static ProgramImage agent() {
        return java("firedrill/agent", List.of(), "dev.firedrill.harness.agent.Agent");
    }

    /** An image that runs a Java program. */
    public static ProgramImage java(String name, List<Path> classPath, String mainClass) {
        return new ProgramImage(name, classPath, mainClass, List.of());
    }

    /** An image that runs a program of this machine: {@code program("prom/prometheus", "prometheus")}. */
    public static ProgramImage program(String name, String... entryPoint) {
        return new ProgramImage(name, List.of(), null, List.of(entryPoint));
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
}
