package dev.firedrill.harness.cluster.embedded;

import dev.firedrill.harness.cluster.ClassPaths;
import dev.firedrill.harness.cluster.embedded.kubelet.Launcher;
import dev.firedrill.harness.cluster.embedded.kubelet.ProcessMark;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the JVM that writes an archive, one maker per archive on the machine. */
final class ArchiveMaker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveMaker.class);
    private static final long PATIENCE_SECONDS = 120;

    private final String run;
    private volatile @Nullable Process running;

    /** @param run the run's name, so that its reaper finds the maker too */
    ArchiveMaker(String run) {
        this.run = run;
    }

    /**
     * Makes the archive if programs have noted something that it lacks, and nobody else is at it.
     *
     * @param begins run before, if it is to be made
     * @throws IOException if it cannot be made
     */
    void make(ArchiveEntry entry, Runnable begins) throws IOException, InterruptedException {
        Path lockFile = entry.directory().resolve("lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            Optional<Set<String>> classes = lock == null ? Optional.empty() : entry.news();
            if (classes.isPresent()) {
                begins.run();
                write(entry, classes.get());
            }
        } catch (OverlappingFileLockException ignored) {
            LOG.debug("another cluster of this JVM makes {}", entry.key());
        }
    }

    private void write(ArchiveEntry entry, Set<String> classes) throws IOException, InterruptedException {
        Path list = Files.write(entry.directory().resolve("all." + run), classes);
        Path temporary = entry.directory().resolve("classes." + run);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:dump",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Xlog:disable",
                "-XX:SharedClassListFile=" + list,
                "-XX:SharedArchiveFile=" + temporary,
                "-cp",
                ClassPaths.joined(entry.jars()));
        Map<String, String> environment = Map.of(
                "PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"), ProcessMark.VARIABLE, run + ".maker");
        Process process = Launcher.start(command, environment, entry.directory());
        running = process;
        try {
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("not done after " + PATIENCE_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException("java -Xshare:dump ended with " + process.exitValue());
            }
            entry.install(temporary);
            LOG.debug("class-data archive {} made of {} classes", entry.key(), classes.size());
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(list);
            Files.deleteIfExists(temporary);
        }
    }

    @Override
    public void close() {
        Process process = running;
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
