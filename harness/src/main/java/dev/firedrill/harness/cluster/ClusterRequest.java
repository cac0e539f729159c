package dev.firedrill.harness.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What is asked of a cluster that is to be started.
 *
 * @param images programs for image names, besides the agent's own, which every kind knows
 * @param progress receives one line per stage, for people
 * @param target which cluster, for the kind that is there already
 */
public record ClusterRequest(List<ProgramImage> images, Consumer<String> progress, ExistingTarget target) {
    public ClusterRequest {
        images = List.copyOf(images);
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(target, "target");
    }

    /** Nothing but what every kind knows, and nobody told; an existing cluster is the one of the system properties. */
    public static ClusterRequest plain() {
        return new ClusterRequest(List.of(), line -> {}, ExistingTarget.ofProperties());
    }

    public ClusterRequest withImage(ProgramImage image) {
        List<ProgramImage> more = new ArrayList<>(images);
        more.add(image);
        return new ClusterRequest(more, progress, target);
    }

    /** The same for an existing cluster. */
    public ClusterRequest at(ExistingTarget other) {
        return new ClusterRequest(images, progress, other);
    }

    /**
     * All programs that a cluster must know, the agent's own among them. Java programs without a class path of their
     * own have that of this JVM.
     */
    public List<ProgramImage> programs() {
        List<ProgramImage> all = new ArrayList<>(List.of(ProgramImage.agent()));
        all.addAll(images);
        return all.stream().map(ProgramImage::completed).toList();
    }

    public ClusterRequest reportingTo(Consumer<String> listener) {
        return new ClusterRequest(images, listener, target);
    }
}
