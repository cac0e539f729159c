package dev.firedrill.harness.cluster.embedded.kubelet;

import dev.firedrill.harness.cluster.embedded.kubelet.PodStatuses.Refusal;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodOS;
import io.fabric8.kubernetes.api.model.Probe;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Says which pods the embedded cluster cannot run, instead of running them wrongly. */
final class PodAdmission {
    private static final String LINUX = "linux";

    private PodAdmission() {}

    /** Why this pod will never run here; empty if it can. */
    static Optional<Refusal> refusal(Pod pod) {
        Optional<String> volume = PodVolumes.unsupported(pod);
        if (volume.isPresent()) {
            return Optional.of(new Refusal("Pending", "UnsupportedVolume", volume.get()));
        }
        PodOS system = pod.getSpec().getOs();
        if (system != null && !LINUX.equals(system.getName())) {
            return Optional.of(new Refusal(
                    "Failed", "PodOSNotSupported", "Failed to admit pod as the OS field doesn't match node OS"));
        }
        if (Boolean.TRUE.equals(pod.getSpec().getHostNetwork())) {
            return unsupported("hostNetwork");
        }
        boolean sidecar = pod.getSpec().getInitContainers().stream()
                .anyMatch(container -> "Always".equals(container.getRestartPolicy()));
        if (sidecar) {
            return unsupported("an init container with restartPolicy Always (a sidecar)");
        }
        boolean grpc = pod.getSpec().getContainers().stream()
                .flatMap(PodAdmission::probes)
                .anyMatch(probe -> probe.getGrpc() != null);
        return grpc ? unsupported("a probe of type grpc") : Optional.empty();
    }

    private static Stream<Probe> probes(Container container) {
        return Stream.of(container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe())
                .filter(Objects::nonNull);
    }

    private static Optional<Refusal> unsupported(String what) {
        return Optional.of(
                new Refusal("Pending", "Unsupported", what + " is not supported by the embedded cluster; use k3s"));
    }
}
