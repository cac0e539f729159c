package dev.firedrill.harness.cluster.k3s;

import dev.firedrill.harness.cluster.ClassPaths;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Archives of class data, kept by themselves: own code changes more often than the jars that they are made of. */
final class KeptClassData implements ImageArchive.ClassDataSource {
    /** How the name of each begins. */
    static final String PREFIX = "class-data-";

    private static final Logger LOG = LoggerFactory.getLogger(KeptClassData.class);

    private final ArchiveCache.Order order;
    private final Path directory;
    private final Path workshop;

    /** @param workshop where one is while it is made */
    KeptClassData(ArchiveCache.Order order, Path directory, Path workshop) {
        this.order = order;
        this.directory = directory;
        this.workshop = workshop;
    }

    @Override
    public boolean notes(List<Path> classPath) {
        return order.classData().notes(classPath);
    }

    @Override
    public Optional<Path> of(List<Path> classPath, List<Path> layers, List<String> jars) throws IOException {
        Set<String> classes = order.classData().of(classPath);
        if (classes.isEmpty() || jars.isEmpty()) {
            return Optional.empty();
        }
        Path file = directory.resolve(PREFIX + key(classPath, jars, classes) + ".jsa");
        if (!Files.exists(file)) {
            Path part = workshop.resolve("class-data");
            try {
                order.classData().maker().make(order.baseId(), layers, jars, classes, part);
            } catch (IOException none) {
                LOG.info("programs start without class data on this base: {}", none.getMessage());
                return Optional.empty();
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        ArchiveCache.touch(file);
        return Optional.of(file);
    }

    private String key(List<Path> classPath, List<String> jars, Set<String> classes) throws IOException {
        try (DigestOutputStream all = new DigestOutputStream(OutputStream.nullOutputStream(), Digests.start())) {
            all.write((order.baseId() + jars + classes).getBytes(StandardCharsets.UTF_8));
            for (Path jar : classPath.stream().filter(ClassPaths::isJar).toList()) {
                Files.copy(jar, all);
            }
            return HexFormat.of().formatHex(all.getMessageDigest().digest());
        }
    }
}
