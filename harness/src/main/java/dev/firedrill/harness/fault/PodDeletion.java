package dev.firedrill.harness.fault;

import java.util.Locale;
import java.util.Objects;

/**
 * Takes one pod away, which a controller will replace; taken back by that controller alone.
 *
 * @param target the pod
 * @param uid the pod's identity, so that its successor of the same name is never deleted in its place
 * @param manner how it goes
 */
public record PodDeletion(ObjectRef target, String uid, Manner manner) implements Change {
    /** How a pod is taken away. */
    public enum Manner {
        /** Deleted: its containers are asked to stop, and killed when their grace is over. */
        GRACEFULLY,
        /** Deleted with a grace of zero: its containers are killed. */
        AT_ONCE,
        /** Evicted through the API, which a PodDisruptionBudget can refuse. */
        EVICTED;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Manner of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    public PodDeletion {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(manner, "manner");
    }

    @Override
    public String describe() {
        String how =
                switch (manner) {
                    case GRACEFULLY -> "deleted";
                    case AT_ONCE -> "killed";
                    case EVICTED -> "evicted";
                };
        return target + ": " + how + "; its controller replaces it";
    }

    @Override
    public <T> T fold(Cases<T> cases) {
        return cases.pod().apply(this);
    }
}
