package dev.firedrill.harness.cluster.existing;

import dev.firedrill.harness.cluster.ProgramImage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What images of manifests are called on a cluster that pulls them by itself: an environment variable may name another
 * for each. {@code firedrill/fixtures:latest} becomes what {@code FIREDRILL_FIXTURES_IMAGE} says.
 */
record ImageNames(Map<String, String> environment) {
    ImageNames {
        environment = Map.copyOf(environment);
    }

    String named(String image) {
        String other =
                environment.getOrDefault(ProgramImage.variable(image), "").strip();
        return other.isEmpty() ? image : other;
    }

    /** Renames the images of a Deployment's or a ReplicaSet's containers. */
    void rename(HasMetadata object) {
        if (object instanceof Deployment deployment) {
            rename(deployment.getSpec().getTemplate().getSpec());
        } else if (object instanceof ReplicaSet set) {
            rename(set.getSpec().getTemplate().getSpec());
        }
    }

    private void rename(PodSpec pod) {
        Stream.of(pod.getInitContainers(), pod.getContainers())
                .flatMap(List::stream)
                .forEach(this::rename);
    }

    private void rename(Container container) {
        container.setImage(named(container.getImage()));
    }
}
