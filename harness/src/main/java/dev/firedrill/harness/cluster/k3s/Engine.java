package dev.firedrill.harness.cluster.k3s;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import dev.firedrill.harness.model.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/**
 * The Docker engine of this user, as Testcontainers finds it.
 *
 * @param docker a client of our own; Testcontainers' one would first pull and start its clean-up container, however
 *     long that takes
 */
record Engine(DockerClient docker) implements AutoCloseable {
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
        Optional<String> memory = Optional.ofNullable(info.getMemTotal()).flatMap(Shortage::ofMemory);
        Optional<String> disk = Optional.ofNullable(info.getDockerRootDir())
                .filter(root -> Files.isDirectory(Path.of(root)))
                .flatMap(root -> Shortage.ofDisk(Path.of(root).toFile().getUsableSpace(), root));
        memory.or(() -> disk).ifPresent(lack -> {
            throw new ConfigurationException(lack);
        });
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
