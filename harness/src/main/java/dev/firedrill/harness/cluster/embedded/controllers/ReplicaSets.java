package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetCondition;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatusBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a ReplicaSet asks for, as functions of it and its pods. */
final class ReplicaSets {
    static final String REPLICA_FAILURE = "ReplicaFailure";

    private ReplicaSets() {}

    static int wanted(ReplicaSet set) {
        return Objects.requireNonNullElse(set.getSpec().getReplicas(), 1);
    }

    static int actual(ReplicaSet set) {
        return set.getStatus() == null ? 0 : zeroIfNull(set.getStatus().getReplicas());
    }

    static int ready(ReplicaSet set) {
        return set.getStatus() == null ? 0 : zeroIfNull(set.getStatus().getReadyReplicas());
    }

    static int available(ReplicaSet set) {
        return set.getStatus() == null ? 0 : zeroIfNull(set.getStatus().getAvailableReplicas());
    }

    static Duration minReady(ReplicaSet set) {
        return Duration.ofSeconds(zeroIfNull(set.getSpec().getMinReadySeconds()));
    }

    private static int zeroIfNull(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    /** A count of zero is left out of a status, as Kubernetes' own serialization does. */
    static @Nullable Integer nullIfZero(int count) {
        return count == 0 ? null : count;
    }

    /** A new pod of this set; the server completes its name. */
    static Pod newPod(ReplicaSet set) {
        PodTemplateSpec template = set.getSpec().getTemplate();
        String prefix = set.getMetadata().getName() + "-";
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(set.getMetadata().getNamespace())
                .withGenerateName(prefix)
                .withLabels(template.getMetadata().getLabels())
                .withAnnotations(template.getMetadata().getAnnotations())
                .withFinalizers(template.getMetadata().getFinalizers())
                .withOwnerReferences(Ownership.referenceTo(set))
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
    }

    /** The pods to give up so that as many as wanted are left; those that matter least. */
    static List<Pod> surplus(Collection<Pod> active, int wanted) {
        int count = Math.max(0, active.size() - wanted);
        return active.stream()
                .sorted(DeletionOrder.expendableFirst())
                .limit(count)
                .toList();
    }

    /** How a failure to create or delete pods shows in the status. */
    record Failure(String reason, String message) {}

    /** The status that follows from a set's active pods. */
    static ReplicaSetStatus status(ReplicaSet set, Collection<Pod> active, Optional<Failure> failure, Instant now) {
        Map<String, String> labels = Objects.requireNonNullElse(
                set.getSpec().getTemplate().getMetadata().getLabels(), Map.<String, String>of());
        int labelled = 0;
        int ready = 0;
        int available = 0;
        for (Pod pod : active) {
            Map<String, String> own = pod.getMetadata().getLabels();
            labelled += own != null && own.entrySet().containsAll(labels.entrySet()) ? 1 : 0;
            ready += Readiness.isReady(pod) ? 1 : 0;
            available += Readiness.isAvailable(pod, minReady(set), now) ? 1 : 0;
        }
        return new ReplicaSetStatusBuilder()
                .withReplicas(active.size())
                .withFullyLabeledReplicas(nullIfZero(labelled))
                .withReadyReplicas(nullIfZero(ready))
                .withAvailableReplicas(nullIfZero(available))
                .withObservedGeneration(set.getMetadata().getGeneration())
                .withConditions(conditions(set, failure, now))
                .build();
    }

    private static List<ReplicaSetCondition> conditions(ReplicaSet set, Optional<Failure> failure, Instant now) {
        List<ReplicaSetCondition> kept = new ArrayList<>();
        Optional<ReplicaSetCondition> before = Optional.empty();
        List<ReplicaSetCondition> all =
                set.getStatus() == null ? List.of() : set.getStatus().getConditions();
        for (ReplicaSetCondition condition : all) {
            if (REPLICA_FAILURE.equals(condition.getType())) {
                before = Optional.of(condition);
            } else {
                kept.add(condition);
            }
        }
        if (failure.isPresent()) {
            Failure f = failure.get();
            kept.add(before.orElseGet(() -> new ReplicaSetConditionBuilder()
                    .withType(REPLICA_FAILURE)
                    .withStatus("True")
                    .withReason(f.reason())
                    .withMessage(f.message())
                    .withLastTransitionTime(Timestamps.seconds(now))
                    .build()));
        }
        return kept;
    }

    /** When a pod that is ready now becomes available, the first of them; empty if there is none to wait for. */
    static Optional<Duration> nextAvailable(ReplicaSet set, Collection<Pod> active, Instant now) {
        Duration atLeast = minReady(set);
        return active.stream()
                .filter(pod -> !Readiness.isAvailable(pod, atLeast, now))
                .flatMap(pod -> Readiness.readySince(pod).stream())
                .map(since -> Duration.between(now, since.plus(atLeast)))
                .min(Duration::compareTo);
    }
}
