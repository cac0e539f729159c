package dev.firedrill.harness.cluster.k3s;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Container;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What dead runs left in the Docker engine: containers, with their volumes, that bear our label and whose process has
 * ended on this machine. Whatever lives, or may live on another machine that uses the same engine, is left alone.
 */
public final class Leftovers {
    private final DockerClient docker;
    private final RunOwner observer;
    private final Consumer<String> progress;

    Leftovers(DockerClient docker, RunOwner observer, Consumer<String> progress) {
        this.docker = docker;
        this.observer = observer;
        this.progress = progress;
    }

    /**
     * Removes what dead runs left, if there is a Docker engine.
     *
     * @param progress is told of each that is removed
     * @return how many clusters were removed
     */
    public static int removeAll(Consumer<String> progress) {
        if (DockerEndpoint.ofUser().unavailable().isPresent()) {
            return 0;
        }
        try (Engine engine = Engine.connect()) {
            return new Leftovers(engine.docker(), RunOwner.ofThisJvm(""), progress).remove();
        }
    }

    int remove() {
        List<Container> ours = docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(RunOwner.OWNER_LABEL))
                .exec();
        int removed = 0;
        for (Container container : ours) {
            Optional<RunOwner> owner = RunOwner.of(container.getLabels());
            if (owner.isPresent() && owner.get().ended(observer) && remove(container.getId())) {
                progress.accept("removed the node of run " + owner.get().run() + ", whose process (pid "
                        + owner.get().pid() + ") has ended");
                KubeconfigFile.forget(owner.get().run());
                removed++;
            }
        }
        return removed;
    }

    private boolean remove(String id) {
        try {
            docker.removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
            return true;
        } catch (DockerException e) {
            return false; // somebody else is removing it
        }
    }
}
