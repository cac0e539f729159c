package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The status that follows from a Deployment and its ReplicaSets.
 * <p>Source: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status
 */
final class DeploymentStatuses {
    private final Deployment deployment;
    private final @Nullable ReplicaSet fresh;
    private final List<ReplicaSet> all;
    private final Instant now;

    DeploymentStatuses(Deployment deployment, Optional<ReplicaSet> fresh, List<ReplicaSet> old, Instant now) {
        this.deployment = deployment;
        this.fresh = fresh.orElse(null);
        this.all = new ArrayList<>(old);
        fresh.ifPresent(all::add);
        this.now = now;
    }

    /** Counters and availability; what is said about progress stays as it was. */
    DeploymentStatus counted() {
        return counters().withConditions(new ArrayList<>(availability().list())).build();
    }

    /** Counters, availability, progress and failures, as while a rollout goes on. */
    DeploymentStatus rolling() {
        DeploymentConditions conditions = availability();
        judgeProgress(conditions);
        Optional<ReplicaSetCondition> failure = replicaFailure();
        failure.ifPresentOrElse(
                f -> conditions.set(ReplicaSets.REPLICA_FAILURE, f.getStatus(), f.getReason(), f.getMessage()),
                () -> conditions.remove(ReplicaSets.REPLICA_FAILURE));
        return counters().withConditions(conditions.list()).build();
    }

    private DeploymentStatusBuilder counters() {
        int available = sum(ReplicaSets::available);
        return new DeploymentStatusBuilder()
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .withReplicas(ReplicaSets.nullIfZero(sum(ReplicaSets::actual)))
                .withUpdatedReplicas(ReplicaSets.nullIfZero(updated()))
                .withReadyReplicas(ReplicaSets.nullIfZero(sum(ReplicaSets::ready)))
                .withAvailableReplicas(ReplicaSets.nullIfZero(available))
                .withUnavailableReplicas(ReplicaSets.nullIfZero(Math.max(0, sum(ReplicaSets::wanted) - available)))
                .withCollisionCount(
                        deployment.getStatus() == null
                                ? null
                                : deployment.getStatus().getCollisionCount());
    }

    private int sum(ToIntFunction<ReplicaSet> count) {
        return all.stream().mapToInt(count).sum();
    }

    private int updated() {
        return fresh == null ? 0 : ReplicaSets.actual(fresh);
    }

    private DeploymentConditions availability() {
        DeploymentConditions conditions = new DeploymentConditions(deployment, now);
        if (sum(ReplicaSets::available) >= RolloutLimits.of(deployment).fewestAvailable()) {
            conditions.set(
                    DeploymentConditions.AVAILABLE,
                    "True",
                    "MinimumReplicasAvailable",
                    "Deployment has minimum availability.");
        } else {
            conditions.set(
                    DeploymentConditions.AVAILABLE,
                    "False",
                    "MinimumReplicasUnavailable",
                    "Deployment does not have minimum availability.");
        }
        return conditions;
    }

    private void judgeProgress(DeploymentConditions conditions) {
        String type = DeploymentConditions.PROGRESSING;
        if (deadline(deployment).isEmpty()) {
            conditions.remove(type);
            return;
        }
        boolean settled =
                sum(ReplicaSets::actual) == updated() && conditions.hasReason(type, DeploymentConditions.NEW_AVAILABLE);
        if (settled) {
            return;
        }
        String subject = fresh == null
                ? "Deployment \"" + deployment.getMetadata().getName() + "\""
                : "ReplicaSet \"" + fresh.getMetadata().getName() + "\"";
        if (isComplete()) {
            conditions.set(type, "True", DeploymentConditions.NEW_AVAILABLE, subject + " has successfully progressed.");
        } else if (isProgressing()) {
            conditions.renew(type, "True", "ReplicaSetUpdated", subject + " is progressing.");
        } else if (isOverdue()) {
            conditions.set(
                    type, "False", DeploymentConditions.DEADLINE_EXCEEDED, subject + " has timed out progressing.");
        }
    }

    /** Whether all wanted pods are of the current template and available, and no others are left. */
    boolean isComplete() {
        int wanted = RolloutLimits.of(deployment).replicas();
        return updated() == wanted && sum(ReplicaSets::actual) == wanted && sum(ReplicaSets::available) == wanted;
    }

    private boolean isProgressing() {
        DeploymentStatus before = Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
        int updatedBefore = zeroIfNull(before.getUpdatedReplicas());
        int oldBefore = zeroIfNull(before.getReplicas()) - updatedBefore;
        return updated() > updatedBefore
                || sum(ReplicaSets::actual) - updated() < oldBefore
                || sum(ReplicaSets::ready) > zeroIfNull(before.getReadyReplicas())
                || sum(ReplicaSets::available) > zeroIfNull(before.getAvailableReplicas());
    }

    private static int zeroIfNull(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    private boolean isOverdue() {
        Optional<DeploymentCondition> progress = DeploymentConditions.progressing(deployment);
        if (progress.filter(c -> DeploymentConditions.DEADLINE_EXCEEDED.equals(c.getReason()))
                .isPresent()) {
            return true;
        }
        return untilDeadline(deployment, now).filter(left -> left.isNegative()).isPresent();
    }

    /** How long a rollout that stands still has left; empty if nobody waits for it. */
    static Optional<Duration> untilDeadline(Deployment deployment, Instant now) {
        Optional<DeploymentCondition> progress = DeploymentConditions.progressing(deployment)
                .filter(c -> !DeploymentConditions.NEW_AVAILABLE.equals(c.getReason())
                        && !DeploymentConditions.DEADLINE_EXCEEDED.equals(c.getReason())
                        && !DeploymentConditions.PAUSED.equals(c.getReason()));
        return deadline(deployment)
                .flatMap(limit -> progress.map(c -> Duration.between(
                        now, Timestamps.parse(c.getLastUpdateTime()).plus(limit))));
    }

    /** The progress deadline; empty if there is none, which the largest number stands for. */
    static Optional<Duration> deadline(Deployment deployment) {
        return Optional.ofNullable(deployment.getSpec().getProgressDeadlineSeconds())
                .filter(seconds -> seconds != Integer.MAX_VALUE)
                .map(Duration::ofSeconds);
    }

    private Optional<ReplicaSetCondition> replicaFailure() {
        Optional<ReplicaSetCondition> ofFresh = fresh == null ? Optional.empty() : failureOf(fresh);
        return ofFresh.or(
                () -> all.stream().flatMap(set -> failureOf(set).stream()).findFirst());
    }

    private static Optional<ReplicaSetCondition> failureOf(ReplicaSet set) {
        List<ReplicaSetCondition> conditions =
                set.getStatus() == null ? List.of() : set.getStatus().getConditions();
        return conditions.stream()
                .filter(c -> ReplicaSets.REPLICA_FAILURE.equals(c.getType()))
                .findFirst();
    }
}
