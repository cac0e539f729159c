package dev.firedrill.harness.cluster.k3s;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import dev.firedrill.harness.model.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/**
 * The Docker engine of this user, as Testcontainers finds it.
 *
 * @param docker a client of our own; Testcontainers' one would first pull and start its clean-up container, however
 *     long that takes
 */
record Engine(DockerClient docker) implements AutoCloseable {
    private static final long ENOUGH_MEMORY = 1_500_000_000L;
    private static final long ENOUGH_DISK = 2_000_000_000L;
    private static final long MEGABYTE = 1_000_000;

    /** @throws ConfigurationException if none answers */
    static Engine connect() {
        try {
            return new Engine(DockerClientProviderStrategy.getClientForConfig(
                    DockerClientFactory.instance().getTransportConfig()));
        } catch (IllegalStateException e) {
            throw new ConfigurationException(
                    DockerEndpoint.ofUser().unavailable().orElse("the Docker engine cannot be used: " + e.getMessage()),
                    e);
        }
    }

    /** @throws ConfigurationException if the engine has not the memory or the disk for a node */
    void checkCapacity() {
        Info info = docker.infoCmd().exec();
        Long memory = info.getMemTotal();
        if (memory != null && memory > 0 && memory < ENOUGH_MEMORY) {
            throw new ConfigurationException("the Docker engine has " + memory / MEGABYTE + " MB of memory, and a node"
                    + " needs " + ENOUGH_MEMORY / MEGABYTE + "; give it more (Docker Desktop: Settings, Resources)");
        }
        String root = info.getDockerRootDir();
        if (root != null && Files.isDirectory(Path.of(root))) {
            long free = Path.of(root).toFile().getUsableSpace();
            if (free < ENOUGH_DISK) {
                throw new ConfigurationException("the Docker engine has " + free / MEGABYTE + " MB of disk left in "
                        + root + ", and a node needs " + ENOUGH_DISK / MEGABYTE + "; make room (docker system prune)");
            }
        }
    }

    @Override
    public void close() {
        try {
            docker.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
