package dev.firedrill.harness.cluster.k3s;

import dev.firedrill.harness.model.ProvisioningException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kubeconfig of a run, in a directory of the run that this user alone can enter. */
final class KubeconfigFile implements AutoCloseable {
    private static final String PREFIX = "firedrill-";
    private static final String MARK = ".firedrill-run";

    private static final Logger LOG = LoggerFactory.getLogger(KubeconfigFile.class);

    private final Path directory;

    private KubeconfigFile(Path directory) {
        this.directory = directory;
    }

    static KubeconfigFile ofRun(String run) {
        try {
            Path directory = Files.createTempDirectory(
                    PREFIX + run + "-",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.writeString(directory.resolve(MARK), run);
            return new KubeconfigFile(directory);
        } catch (IOException e) {
            throw new ProvisioningException("no directory for the kubeconfig: " + e.getMessage(), e);
        }
    }

    Path path() {
        return directory.resolve("kubeconfig");
    }

    void write(String yaml) {
        try {
            Files.createFile(
                    path(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(path(), yaml, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new ProvisioningException("the kubeconfig cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        remove(directory);
    }

    private static void remove(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** Removes the directory of a run that has ended without doing so, as far as that can be done. */
    static void forget(String run) {
        try {
            removeOf(run);
        } catch (IOException e) {
            LOG.info("the directory of run {} stays: {}", run, e.toString());
        }
    }

    private static void removeOf(String run) throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        List<Path> candidates;
        try (Stream<Path> all = Files.list(temporary)) {
            candidates = all.filter(path -> String.valueOf(path.getFileName()).startsWith(PREFIX + run + "-"))
                    .toList();
        }
        for (Path candidate : candidates) {
            Path mark = candidate.resolve(MARK);
            if (Files.isReadable(mark) && Files.readString(mark).equals(run)) {
                remove(candidate);
            }
        }
    }
}
