package dev.firedrill.harness.cluster.embedded.kubelet;

import dev.firedrill.harness.cluster.ProgramImage;
import io.fabric8.kubernetes.api.model.Container;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds a container's program. An image that is not configured fails as one does that no registry has. */
final class ImagePull {
    private static final Duration SHOW_ERROR = Duration.ofSeconds(1);

    private final NodeContext context;
    private final PodWorker pod;
    private final ContainerSlot slot;
    private final BackOff backOff;
    private @Nullable Duration failedAt;
    private String failedImage = "";

    ImagePull(NodeContext context, PodWorker pod, ContainerSlot slot) {
        this.context = context;
        this.pod = pod;
        this.slot = slot;
        this.backOff = new BackOff(KubeletOptions.BACK_OFF_BASE, KubeletOptions.BACK_OFF_MAX);
    }

    /** The program; empty if there is none, and then the container waits with the reason. */
    Optional<ProgramImage> image(Container container) {
        String name = container.getImage();
        Optional<ProgramImage> found = context.images().find(name);
        if (found.isPresent()) {
            return found;
        }
        if ("Never".equals(container.getImagePullPolicy())) {
            slot.waitFor(
                    "ErrImageNeverPull",
                    "Container image \"" + name + "\" is not present with pull policy of Never" + known());
            slot.warning(
                    "ErrImageNeverPull", "Container image \"" + name + "\" is not present with pull policy of Never");
            pod.reconcileAfter(KubeletOptions.BACK_OFF_BASE);
            return found;
        }
        Optional<Duration> left = failedAt == null || !failedImage.equals(name)
                ? Optional.empty()
                : backOff.remaining(failedAt, context.now());
        if (left.isPresent()) {
            waitLonger(name, left.get());
        } else {
            fail(name);
        }
        return found;
    }

    private void fail(String name) {
        String message = "failed to pull and unpack image \"" + name + "\": not found" + known();
        slot.event("Pulling", "Pulling image \"" + name + "\"");
        slot.warning("Failed", "Failed to pull image \"" + name + "\": " + message);
        slot.warning("Failed", "Error: ErrImagePull");
        slot.waitFor("ErrImagePull", message);
        Duration now = context.now();
        backOff.restarted(failedAt == null ? now : failedAt, now);
        failedAt = now;
        failedImage = name;
        pod.reconcileAfter(SHOW_ERROR);
    }

    private void waitLonger(String name, Duration left) {
        boolean shown =
                context.now().minus(failedAt == null ? Duration.ZERO : failedAt).compareTo(SHOW_ERROR) >= 0;
        if (shown && !"ImagePullBackOff".equals(slot.waiting())) {
            slot.waitFor(
                    "ImagePullBackOff", "Back-off pulling image \"" + name + "\": ErrImagePull: not found" + known());
            slot.event("BackOff", "Back-off pulling image \"" + name + "\"");
            slot.warning("Failed", "Error: ImagePullBackOff");
        }
        pod.reconcileAfter(shown ? left : SHOW_ERROR);
    }

    private String known() {
        return "; on the embedded cluster images are programs of this machine, and it was given: "
                + String.join(", ", context.images().names());
    }
}
