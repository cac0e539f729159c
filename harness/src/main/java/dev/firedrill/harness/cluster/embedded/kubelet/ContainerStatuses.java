package dev.firedrill.harness.cluster.embedded.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountStatus;
import io.fabric8.kubernetes.api.model.VolumeMountStatusBuilder;
import org.jspecify.annotations.Nullable;

/** What the API says of one container. Source: Kubernetes API reference, {@code ContainerStatus}. */
final class ContainerStatuses {
    private ContainerStatuses() {}

    static ContainerStatus of(
            Container container,
            @Nullable ContainerRun run,
            @Nullable ContainerStateTerminated ended,
            @Nullable ContainerStateTerminated endedBefore,
            @Nullable String waiting,
            String waitingMessage,
            int restarts,
            boolean ready,
            boolean started) {
        ContainerStateBuilder state = new ContainerStateBuilder();
        ContainerStateTerminated last = ended;
        String id = run != null ? run.id() : ended == null ? null : ended.getContainerID();
        if (run != null) {
            state.withNewRunning(NodeContext.timestamp(run.startedAt()));
        } else if (waiting != null) {
            state.withNewWaiting(waitingMessage.isEmpty() ? null : waitingMessage, waiting);
        } else {
            state.withTerminated(ended);
            last = endedBefore;
        }
        ContainerStatusBuilder status = new ContainerStatusBuilder()
                .withName(container.getName())
                .withImage(container.getImage())
                .withImageID(id == null ? "" : "process://" + container.getImage())
                .withContainerID(id)
                .withRestartCount(restarts)
                .withReady(ready)
                .withStarted(started)
                .withState(state.build())
                .withLastState(new ContainerStateBuilder().withTerminated(last).build());
        ResourceRequirements resources = container.getResources();
        if (run != null && resources != null) {
            status.withResources(resources).withAllocatedResources(resources.getRequests());
        }
        return status.withVolumeMounts(container.getVolumeMounts().stream()
                        .map(ContainerStatuses::mounted)
                        .toList())
                .build();
    }

    private static VolumeMountStatus mounted(VolumeMount mount) {
        boolean readOnly = Boolean.TRUE.equals(mount.getReadOnly());
        return new VolumeMountStatusBuilder()
                .withName(mount.getName())
                .withMountPath(mount.getMountPath())
                .withReadOnly(readOnly ? true : null)
                .withRecursiveReadOnly(readOnly ? "Disabled" : null)
                .build();
    }
}
