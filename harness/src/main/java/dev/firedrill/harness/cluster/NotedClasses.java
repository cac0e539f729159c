package dev.firedrill.harness.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which classes a program loads, as its runs on this machine noted it: what an archive of class data is made of.
 *
 * <p>Source: java(1), {@code -XX:DumpLoadedClassList}.
 */
public final class NotedClasses {
    /** How the name of a finished list ends. */
    public static final String SUFFIX = ".classes";

    private static final int KEY_BYTES = 12;
    private static final Pattern NUMBER = Pattern.compile(" id: \\d+.*$");

    private NotedClasses() {}

    /** {@code $XDG_CACHE_HOME/firedrill/class-data}, or below {@code ~/.cache}. */
    public static Path cacheOfUser(Map<String, String> environment) {
        String configured = environment.get("XDG_CACHE_HOME");
        Path root = configured == null || configured.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return root.resolve("firedrill").resolve("class-data");
    }

    /** Names the lists of a row of jars: differs for another JDK, another jar, another size or time of a jar. */
    public static String key(List<Path> jars) throws IOException {
        StringBuilder text = new StringBuilder(System.getProperty("java.vm.version"))
                .append('\n')
                .append(System.getProperty("java.home"));
        for (Path jar : jars) {
            text.append('\n').append(jar).append(' ').append(Files.size(jar));
            text.append(' ').append(Files.getLastModifiedTime(jar).toMillis());
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, KEY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** What the list of a program is called, which may be started in several roles. */
    public static String program(String mainClass, String role) {
        return (mainClass + (role.isEmpty() ? "" : "-" + role)).replaceAll("[^A-Za-z0-9.-]", "_");
    }

    /**
     * The classes that a program loads in any of its roles, in the order of the lists.
     *
     * @param cache where lists are kept
     * @return empty if it has not run here with these jars, or if that cannot be told
     */
    public static Set<String> of(Path cache, ProgramImage image) {
        String name = program(image.mainClass().orElse(""), "");
        Set<String> classes = new LinkedHashSet<>();
        try (Stream<Path> listed = Files.list(directory(cache, image))) {
            List<Path> lists = listed.filter(file -> isOf(name, file)).sorted().toList();
            for (Path list : lists) {
                classes.addAll(read(list));
            }
        } catch (IOException unknown) {
            classes.clear();
        }
        return classes;
    }

    /**
     * A list without what is for its own JVM alone: numbers of classes, which would be others in the list of another
     * program, classes that come from no jar, and what later versions add, which an earlier one refuses as a whole.
     */
    public static List<String> read(Path list) throws IOException {
        try (Stream<String> lines = Files.lines(list)) {
            return lines.filter(line -> !line.startsWith("#") && !line.contains(" source: "))
                    .filter(line -> !line.startsWith("@") || line.startsWith("@lambda-"))
                    .map(line -> NUMBER.matcher(line).replaceFirst(""))
                    .toList();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    /**
     * Keeps what a run of a program noted, unless it is known.
     *
     * @param lines as the JVM wrote them
     * @throws IOException if it cannot be kept
     */
    public static void keep(Path cache, ProgramImage image, String role, List<String> lines) throws IOException {
        Path directory = directory(cache, image);
        Files.createDirectories(
                cache, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createDirectories(directory);
        Path list = directory.resolve(program(image.mainClass().orElse(""), role) + SUFFIX);
        if (!Files.exists(list)) {
            Path part = Files.createTempFile(directory, "noted", ".tmp");
            Files.write(part, lines);
            Files.move(part, list, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static Path directory(Path cache, ProgramImage image) throws IOException {
        return cache.resolve(key(ClassPaths.jarsFirst(image.classPath()).stream()
                .filter(ClassPaths::isJar)
                .toList()));
    }

    private static boolean isOf(String program, Path file) {
        String name = String.valueOf(file.getFileName());
        return name.equals(program + SUFFIX) || (name.startsWith(program + "-") && name.endsWith(SUFFIX));
    }
}
