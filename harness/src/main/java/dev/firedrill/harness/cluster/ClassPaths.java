package dev.firedrill.harness.cluster;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/** The class path of this JVM, however it was given: plainly, as one shaded jar, or as a jar that only names others. */
public final class ClassPaths {
    private ClassPaths() {}

    /** Everything on this JVM's class path that exists, with what jars name in their {@code Class-Path}. */
    public static List<Path> ofThisJvm() {
        return expand(System.getProperty("java.class.path"));
    }

    /** The parts of a class path that exist; an empty one, which means the working directory to Java, is no part. */
    public static List<Path> expand(String classPath) {
        Set<Path> all = new LinkedHashSet<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            if (entry.isEmpty()) {
                continue;
            }
            add(Path.of(entry).toAbsolutePath().normalize(), all);
        }
        return new ArrayList<>(all);
    }

    private static void add(Path entry, Set<Path> all) {
        if (!Files.exists(entry) || !all.add(entry) || !isJar(entry)) {
            return;
        }
        for (URI named : namedBy(entry)) {
            if ("file".equals(named.getScheme())) {
                add(Path.of(named), all);
            }
        }
    }

    private static List<URI> namedBy(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            String named = file.getManifest() == null
                    ? null
                    : file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            List<URI> entries = new ArrayList<>();
            if (named != null) {
                for (String entry : named.strip().split("\\s+", -1)) {
                    entries.add(jar.toUri().resolve(entry));
                }
            }
            return entries;
        } catch (IOException | IllegalArgumentException e) {
            return List.of(); // java itself ignores what it cannot read
        }
    }

    /** As {@code java -cp} takes it. */
    public static String joined(List<Path> classPath) {
        return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** Whether it is a jar, rather than a directory. */
    public static boolean isJar(Path entry) {
        return Files.isRegularFile(entry) && entry.toString().endsWith(".jar");
    }

    /**
     * Jars first, then directories. An archive of class data covers a leading part of a class path, and only jars: what
     * changes with every build goes last.
     */
    public static List<Path> jarsFirst(List<Path> classPath) {
        List<Path> ordered =
                new ArrayList<>(classPath.stream().filter(ClassPaths::isJar).toList());
        classPath.stream().filter(entry -> !isJar(entry)).forEach(ordered::add);
        return ordered;
    }
}
