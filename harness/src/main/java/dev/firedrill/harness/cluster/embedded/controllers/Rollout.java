package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A Deployment with its ReplicaSets.
 *
 * @param fresh the one of the current template
 * @param old all others
 */
record Rollout(Deployment deployment, Optional<ReplicaSet> fresh, List<ReplicaSet> old) {
    Rollout {
        old = List.copyOf(old);
    }

    static Rollout of(Deployment deployment, List<ReplicaSet> sets) {
        Optional<ReplicaSet> fresh = sets.stream()
                .filter(set -> PodTemplates.same(
                        set.getSpec().getTemplate(), deployment.getSpec().getTemplate()))
                .min(Comparator.<ReplicaSet, Instant>comparing(
                                set -> Timestamps.parse(set.getMetadata().getCreationTimestamp()))
                        .thenComparing(set -> set.getMetadata().getName()));
        List<ReplicaSet> old =
                sets.stream().filter(set -> fresh.filter(set::equals).isEmpty()).toList();
        return new Rollout(deployment, fresh, old);
    }

    RollingUpdate arithmetic() {
        return new RollingUpdate(RolloutLimits.of(deployment), fresh, old);
    }

    /** Whether the number of replicas was changed since the ReplicaSets were last scaled. */
    boolean isBeingScaled() {
        int replicas = RolloutLimits.of(deployment).replicas();
        return old.stream().anyMatch(set -> remembersOther(set, replicas))
                || fresh.filter(set -> remembersOther(set, replicas)).isPresent();
    }

    private static boolean remembersOther(ReplicaSet set, int replicas) {
        return ReplicaSets.wanted(set) > 0
                && Revisions.desiredReplicas(set).filter(n -> n != replicas).isPresent();
    }
}
