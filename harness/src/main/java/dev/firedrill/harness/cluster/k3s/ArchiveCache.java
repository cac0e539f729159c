package dev.firedrill.harness.cluster.k3s;

import dev.firedrill.harness.cluster.ProgramImage;
import dev.firedrill.harness.model.ProvisioningException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Archives of images in the user's cache directory, named by a digest of all that is in them: what did not change is
 * not made again, and what was not used for long makes room. Safe with several processes at once.
 */
final class ArchiveCache {
    private static final String BASE = "base-";
    private static final String PROGRAMS = "programs-";
    private static final String ENGINE = "engine-";
    private static final String SUFFIX = ".tar";
    private static final int KEPT = 3;
    private static final Object ONE_OF_THIS_JVM = new Object();

    private final Path directory;

    ArchiveCache(Path directory) {
        this.directory = directory;
    }

    /** {@code $XDG_CACHE_HOME/firedrill/images}, or {@code ~/.cache/firedrill/images}. */
    static ArchiveCache ofUser() {
        String named = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path caches = named.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(named);
        return new ArchiveCache(caches.resolve("firedrill").resolve("images"));
    }

    /**
     * An archive, as it was made before or anew.
     *
     * @param fresh whether it was made now
     */
    record Archive(Path file, boolean fresh) {}

    /**
     * What images are made of.
     *
     * @param programs whose images they are
     * @param baseId the base image's id
     * @param save writes the base image's archive
     * @param classData what archives of class data are made of
     */
    record Order(List<ProgramImage> programs, String baseId, Supplier<InputStream> save, ClassData classData) {}

    /**
     * The archive of programs on a base.
     *
     * @throws ProvisioningException if it cannot be written
     */
    Archive of(Order order) {
        synchronized (ONE_OF_THIS_JVM) {
            try {
                Files.createDirectories(directory);
                try (FileChannel file = FileChannel.open(
                        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    FileLock unused = file.lock(); // given up when the file is closed
                    return locked(order);
                }
            } catch (IOException e) {
                throw new ProvisioningException(
                        "the programs' images cannot be made in " + directory + ": " + e.getMessage()
                                + "; is there space, and may this user write there?",
                        e);
            }
        }
    }

    private Archive locked(Order order) throws IOException {
        boolean built = order.programs().stream()
                .anyMatch(program -> program.engineImage().isEmpty());
        Path file = directory.resolve((built ? PROGRAMS : ENGINE) + key(order) + SUFFIX);
        if (Files.exists(file)) {
            touch(file);
            return new Archive(file, false);
        }
        Path workshop = Files.createDirectories(directory.resolve("workshop"));
        // What is only given another name is not needed a second time.
        Path base =
                (built ? directory : workshop).resolve(BASE + order.baseId().replaceAll("[^A-Za-z0-9]", "-") + SUFFIX);
        if (!Files.exists(base)) {
            try (InputStream in = order.save().get()) {
                Path part = workshop.resolve("base" + SUFFIX);
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, base, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        touch(base);
        Path part = workshop.resolve("programs" + SUFFIX);
        ImageArchive.write(
                order.programs(), BaseImage.read(base), new KeptClassData(order, directory, workshop), workshop, part);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        for (Path left : newestFirst(workshop, "")) {
            Files.delete(left);
        }
        prune(PROGRAMS);
        prune(ENGINE);
        prune(BASE);
        prune(KeptClassData.PREFIX);
        return new Archive(file, true);
    }

    static void touch(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    }

    private void prune(String prefix) throws IOException {
        List<Path> all = newestFirst(directory, prefix);
        for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
            Files.delete(old);
        }
    }

    private static List<Path> newestFirst(Path directory, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> String.valueOf(file.getFileName()).startsWith(prefix))
                    .sorted(Comparator.comparing((Path file) -> file.toFile().lastModified())
                            .reversed())
                    .toList();
        }
    }

    /** A digest of everything that an archive is made of. */
    private static String key(Order order) throws IOException {
        List<ProgramImage> programs = order.programs();
        try (DigestOutputStream all = new DigestOutputStream(OutputStream.nullOutputStream(), Digests.start())) {
            all.write(order.baseId().getBytes(StandardCharsets.UTF_8));
            for (ProgramImage program : programs) {
                all.write((program.name() + ImageArchive.entryPoint(program)).getBytes(StandardCharsets.UTF_8));
                ClassData classData = order.classData();
                all.write((classData.of(program.classPath()).toString() + classData.notes(program.classPath()))
                        .getBytes(StandardCharsets.UTF_8));
            }
            for (Path entry : programs.stream()
                    .flatMap(program -> program.classPath().stream())
                    .distinct()
                    .toList()) {
                for (Path file : ImageLayer.filesBelow(entry)) {
                    all.write(
                            (entry.relativize(file) + "\n" + Files.size(file) + "\n").getBytes(StandardCharsets.UTF_8));
                    Files.copy(file, all);
                }
            }
            return HexFormat.of().formatHex(all.getMessageDigest().digest());
        }
    }
}
