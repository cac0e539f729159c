package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Rolls each Deployment's pods over to its current template and keeps its history and status. */
final class DeploymentController implements Reconciler {
    static final String COMPONENT = "deployment-controller";

    private final Caches caches;
    private final Writer writer;
    private final Clock clock;
    private final DeploymentReplicaSets sets;

    DeploymentController(Caches caches, Writer writer, Clock clock, DeploymentReplicaSets sets) {
        this.caches = caches;
        this.writer = writer;
        this.clock = clock;
        this.sets = sets;
    }

    /** Adds to the queue whichever Deployment a change concerns. */
    void feed(WorkQueue queue) {
        caches.deployments()
                .listen((before, after) ->
                        after.or(() -> before).map(ObjectKey::of).ifPresent(queue::add));
        caches.replicaSets().listen((before, after) -> {
            before.ifPresent(set -> concerned(set).forEach(queue::add));
            after.ifPresent(set -> concerned(set).forEach(queue::add));
        });
        caches.pods().listen((before, after) -> {
            if (after.isEmpty()) {
                before.flatMap(Ownership::controllerOf)
                        .map(set -> new ObjectKey(before.get().getMetadata().getNamespace(), set.getName()))
                        .flatMap(caches.replicaSets()::get)
                        .ifPresent(set -> concerned(set).forEach(queue::add));
            }
        });
    }

    private List<ObjectKey> concerned(ReplicaSet set) {
        String namespace = set.getMetadata().getNamespace();
        return Ownership.controllerOf(set)
                .map(owner -> List.of(new ObjectKey(namespace, owner.getName())))
                .orElseGet(() -> caches.deployments().inNamespace(namespace).stream()
                        .filter(deployment -> Selectors.matches(
                                deployment.getSpec().getSelector(),
                                set.getMetadata().getLabels()))
                        .map(ObjectKey::of)
                        .toList());
    }

    @Override
    public Optional<Duration> reconcile(ObjectKey key) {
        Deployment stored = caches.deployments().get(key).orElse(null);
        if (stored == null) {
            return Optional.empty();
        }
        List<ReplicaSet> mine = Ownership.claimAll(
                stored,
                stored.getSpec().getSelector(),
                caches.replicaSets().inNamespace(key.namespace()).stream()
                        .filter(set -> !caches.replicaSets().leaving(set))
                        .toList(),
                set -> writer.update(caches.replicaSets(), set));
        if (stored.getMetadata().getDeletionTimestamp() != null) {
            Rollout asIs = Rollout.of(stored, mine);
            store(asIs.deployment(), statuses(asIs).counted());
            return Optional.empty();
        }
        return advance(withPauseNoted(stored), mine);
    }

    private Optional<Duration> advance(Deployment deployment, List<ReplicaSet> mine) {
        Rollout rollout = sets.synchronize(Rollout.of(deployment, mine));
        if (isPaused(deployment) || rollout.isBeingScaled()) {
            rescale(rollout);
            Rollout after = reread(rollout);
            if (isPaused(deployment)) {
                forgetOld(after);
            }
            store(after.deployment(), statuses(after).counted());
            return Optional.empty();
        }
        Rollout after = RolloutLimits.isRecreate(deployment) ? recreate(rollout) : roll(rollout);
        DeploymentStatuses statuses = statuses(after);
        if (statuses.isComplete()) {
            forgetOld(after);
        }
        Deployment written = store(after.deployment(), statuses.rolling());
        return DeploymentStatuses.untilDeadline(written, clock.instant()).map(left -> left.plusSeconds(1));
    }

    private DeploymentStatuses statuses(Rollout rollout) {
        return new DeploymentStatuses(rollout.deployment(), rollout.fresh(), rollout.old(), clock.instant());
    }

    private static boolean isPaused(Deployment deployment) {
        return Boolean.TRUE.equals(deployment.getSpec().getPaused());
    }

    /** While a Deployment is paused its progress is unknown, so that the deadline does not run. */
    private Deployment withPauseNoted(Deployment deployment) {
        DeploymentConditions conditions = new DeploymentConditions(deployment, clock.instant());
        String type = DeploymentConditions.PROGRESSING;
        boolean overdue = conditions.hasReason(type, DeploymentConditions.DEADLINE_EXCEEDED);
        boolean noted = conditions.hasReason(type, DeploymentConditions.PAUSED);
        if (DeploymentStatuses.deadline(deployment).isEmpty() || overdue || noted == isPaused(deployment)) {
            return deployment;
        }
        if (noted) {
            conditions.set(type, "Unknown", "DeploymentResumed", "Deployment is resumed");
        } else {
            conditions.set(type, "Unknown", DeploymentConditions.PAUSED, "Deployment is paused");
        }
        return sets.withConditions(deployment, conditions);
    }

    private void rescale(Rollout rollout) {
        DeploymentStatus status = rollout.deployment().getStatus();
        int replicas = status == null ? 0 : Objects.requireNonNullElse(status.getReplicas(), 0);
        rollout.arithmetic().rescale(replicas).forEach(s -> sets.scale(rollout, s.set(), s.to()));
    }

    private Rollout roll(Rollout found) {
        Rollout rollout = sets.withFresh(found);
        ReplicaSet fresh = rollout.fresh().orElseThrow();
        int wanted = rollout.arithmetic().freshReplicas();
        if (wanted != ReplicaSets.wanted(fresh)) {
            sets.scale(rollout, fresh, wanted);
        } else {
            rollout.arithmetic().shrinkOld().forEach(s -> sets.scale(rollout, s.set(), s.to()));
        }
        return reread(rollout);
    }

    private Rollout recreate(Rollout found) {
        List<ReplicaSet> active =
                found.old().stream().filter(set -> ReplicaSets.wanted(set) > 0).toList();
        if (!active.isEmpty()) {
            active.forEach(set -> sets.scale(found, set, 0));
            return reread(found);
        }
        if (sets.hasRunningPods(found.old())) {
            return found;
        }
        Rollout rollout = sets.withFresh(found);
        sets.scale(
                rollout,
                rollout.fresh().orElseThrow(),
                RolloutLimits.of(rollout.deployment()).replicas());
        return reread(rollout);
    }

    /** The same rollout with the ReplicaSets as they are after our writes. */
    private Rollout reread(Rollout rollout) {
        List<ReplicaSet> now = new ArrayList<>();
        List<ReplicaSet> all = new ArrayList<>(rollout.old());
        rollout.fresh().ifPresent(all::add);
        all.forEach(set -> caches.replicaSets().get(ObjectKey.of(set)).ifPresent(now::add));
        return Rollout.of(rollout.deployment(), now);
    }

    private void forgetOld(Rollout rollout) {
        Revisions.forgotten(rollout.deployment(), rollout.old())
                .forEach(set -> writer.delete(caches.replicaSets(), set));
    }

    private Deployment store(Deployment deployment, DeploymentStatus status) {
        Deployment stored = caches.deployments().get(ObjectKey.of(deployment)).orElse(deployment);
        if (status.equals(stored.getStatus())) {
            return stored;
        }
        return writer.updateStatus(
                caches.deployments(),
                new DeploymentBuilder(deployment).withStatus(status).build());
    }
}
