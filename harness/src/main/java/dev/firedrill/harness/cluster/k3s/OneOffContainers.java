package dev.firedrill.harness.cluster.k3s;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.firedrill.harness.model.ProvisioningException;
import java.util.HashMap;
import java.util.Map;

/**
 * Containers that do one thing and go: when it is done, or when the cluster that they work for ends, on whatever thread
 * that happens.
 */
final class OneOffContainers implements AutoCloseable {
    private final Map<String, DockerClient> there = new HashMap<>();
    private boolean closed;

    /**
     * Creates one.
     *
     * @return its id
     * @throws ProvisioningException if the cluster has ended
     */
    synchronized String create(DockerClient docker, CreateContainerCmd command) {
        demandOpen();
        String container = command.exec().getId();
        there.put(container, docker);
        return container;
    }

    /** Removes one, if the end of the cluster has not done so. */
    synchronized void remove(String container) {
        DockerClient docker = there.remove(container);
        if (docker != null) {
            docker.removeContainerCmd(container)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        }
    }

    /**
     * What fails now may fail because its container was taken away.
     *
     * @throws ProvisioningException if the cluster has ended
     */
    synchronized void demandOpen() {
        if (closed) {
            throw new ProvisioningException("the cluster ended while its images were made");
        }
    }

    /** Removes all that are there; there will be no others. */
    @Override
    public synchronized void close() {
        closed = true;
        Map.copyOf(there).keySet().forEach(this::remove);
    }
}
