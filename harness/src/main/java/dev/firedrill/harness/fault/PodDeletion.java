package dev.firedrill.harness.fault;

import java.util.Objects;
import java.util.function.Function;

/**
 * Deletes one pod that a controller will replace; taken back by that controller alone.
 *
 * @param target the pod
 * @param uid the pod's identity, so that its successor of the same name is never deleted in its place
 */
public record PodDeletion(ObjectRef target, String uid) implements Change {
    public PodDeletion {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(uid, "uid");
    }

    @Override
    public String describe() {
        return target + ": deleted; its controller replaces it";
    }

    @Override
    public <T> T fold(Function<FieldChange, T> field, Function<PodDeletion, T> pod) {
        return pod.apply(this);
    }
}
