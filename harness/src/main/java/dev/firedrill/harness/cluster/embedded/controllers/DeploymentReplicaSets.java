package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creates, annotates and scales the ReplicaSets of a Deployment. */
final class DeploymentReplicaSets {
    private final KubernetesClient client;
    private final Caches caches;
    private final Writer writer;
    private final EventRecorder events;
    private final Clock clock;

    DeploymentReplicaSets(KubernetesClient client, Caches caches, Writer writer, EventRecorder events, Clock clock) {
        this.client = client;
        this.caches = caches;
        this.writer = writer;
        this.events = events;
        this.clock = clock;
    }

    /** Makes the ReplicaSet of the current template, if there is one, the latest revision. */
    Rollout synchronize(Rollout rollout) {
        ReplicaSet fresh = rollout.fresh().orElse(null);
        if (fresh == null) {
            return rollout;
        }
        Deployment deployment = rollout.deployment();
        Map<String, String> annotations = Revisions.refreshed(fresh, deployment, Revisions.next(rollout.old()));
        Integer minReady = deployment.getSpec().getMinReadySeconds();
        boolean upToDate = annotations.equals(fresh.getMetadata().getAnnotations())
                && zeroIfNull(minReady) == zeroIfNull(fresh.getSpec().getMinReadySeconds());
        ReplicaSet refreshed = upToDate
                ? fresh
                : writer.update(
                        caches.replicaSets(),
                        new ReplicaSetBuilder(fresh)
                                .editMetadata()
                                .withAnnotations(annotations)
                                .endMetadata()
                                .editSpec()
                                .withMinReadySeconds(minReady)
                                .endSpec()
                                .build());
        Deployment revised = withRevision(deployment, Revisions.of(refreshed));
        DeploymentConditions conditions = new DeploymentConditions(revised, clock.instant());
        boolean unsaid = conditions.get(DeploymentConditions.PROGRESSING).isEmpty();
        if (unsaid && DeploymentStatuses.deadline(deployment).isPresent()) {
            String message =
                    "Found new replica set \"" + refreshed.getMetadata().getName() + "\"";
            conditions.set(DeploymentConditions.PROGRESSING, "True", "FoundNewReplicaSet", message);
            revised = withConditions(revised, conditions);
        }
        return new Rollout(revised, Optional.of(refreshed), rollout.old());
    }

    private static int zeroIfNull(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    /** The Deployment with conditions that are stored with its next status. */
    Deployment withConditions(Deployment deployment, DeploymentConditions conditions) {
        return new DeploymentBuilder(deployment)
                .editOrNewStatus()
                .withConditions(conditions.list())
                .endStatus()
                .build();
    }

    /** The Deployment with the number of its revision, stored with its status: so its generation stays. */
    private Deployment withRevision(Deployment deployment, long revision) {
        if (Revisions.of(deployment) == revision) {
            return deployment;
        }
        return writer.updateStatus(
                caches.deployments(),
                new DeploymentBuilder(deployment)
                        .editMetadata()
                        .withAnnotations(Revisions.of(deployment, revision))
                        .endMetadata()
                        .build());
    }

    /** The rollout with a ReplicaSet of the current template, created if there is none. */
    Rollout withFresh(Rollout rollout) {
        if (rollout.fresh().isPresent()) {
            return rollout;
        }
        Deployment deployment = rollout.deployment();
        ReplicaSet created;
        try {
            created = writer.create(caches.replicaSets(), newReplicaSet(rollout));
        } catch (KubernetesClientException e) {
            noteFailedCreation(deployment, e);
            throw e;
        }
        if (ReplicaSets.wanted(created) > 0) {
            event(deployment, "up", created, 0, ReplicaSets.wanted(created));
        }
        Deployment revised = withRevision(deployment, Revisions.of(created));
        if (DeploymentStatuses.deadline(deployment).isPresent()) {
            DeploymentConditions conditions = new DeploymentConditions(revised, clock.instant());
            conditions.set(
                    DeploymentConditions.PROGRESSING,
                    "True",
                    "NewReplicaSetCreated",
                    "Created new replica set \"" + created.getMetadata().getName() + "\"");
            revised = withConditions(revised, conditions);
        }
        return new Rollout(revised, Optional.of(created), rollout.old());
    }

    private ReplicaSet newReplicaSet(Rollout rollout) {
        Deployment deployment = rollout.deployment();
        RolloutLimits limits = RolloutLimits.of(deployment);
        DeploymentStatus status = deployment.getStatus();
        String hash = PodTemplates.hash(
                deployment.getSpec().getTemplate(),
                status == null ? null : status.getCollisionCount(),
                client.getKubernetesSerialization());
        var template = PodTemplates.withHash(deployment.getSpec().getTemplate(), hash);
        return new ReplicaSetBuilder()
                .withNewMetadata()
                .withNamespace(deployment.getMetadata().getNamespace())
                .withName(deployment.getMetadata().getName() + "-" + hash)
                .withLabels(template.getMetadata().getLabels())
                .withAnnotations(Revisions.first(deployment, Revisions.next(rollout.old()), limits))
                .withOwnerReferences(Ownership.referenceTo(deployment))
                .endMetadata()
                .withNewSpec()
                .withReplicas(rollout.arithmetic().freshReplicas())
                .withMinReadySeconds(deployment.getSpec().getMinReadySeconds())
                .withSelector(PodTemplates.withHash(deployment.getSpec().getSelector(), hash))
                .withTemplate(template)
                .endSpec()
                .build();
    }

    /** Another template's ReplicaSet has our name: the next hash will differ. Anything else shows as a condition. */
    private void noteFailedCreation(Deployment deployment, KubernetesClientException e) {
        if (Writer.alreadyExists(e)) {
            DeploymentStatus status = Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
            int collisions = zeroIfNull(status.getCollisionCount()) + 1;
            writer.updateStatus(
                    caches.deployments(),
                    new DeploymentBuilder(deployment)
                            .editOrNewStatus()
                            .withCollisionCount(collisions)
                            .endStatus()
                            .build());
        } else if (DeploymentStatuses.deadline(deployment).isPresent()) {
            DeploymentConditions conditions = new DeploymentConditions(deployment, clock.instant());
            conditions.set(
                    DeploymentConditions.PROGRESSING,
                    "False",
                    "ReplicaSetCreateError",
                    "Failed to create new replica set: " + e.getMessage());
            writer.updateStatus(caches.deployments(), withConditions(deployment, conditions));
        }
    }

    /** Scales a ReplicaSet, and has it remember the sizes that a later rescaling starts from. */
    void scale(Rollout rollout, ReplicaSet set, int replicas) {
        Map<String, String> annotations = Revisions.withSizes(set, RolloutLimits.of(rollout.deployment()));
        int before = ReplicaSets.wanted(set);
        if (before == replicas && annotations.equals(set.getMetadata().getAnnotations())) {
            return;
        }
        ReplicaSet scaled = writer.update(
                caches.replicaSets(),
                new ReplicaSetBuilder(set)
                        .editMetadata()
                        .withAnnotations(annotations)
                        .endMetadata()
                        .editSpec()
                        .withReplicas(replicas)
                        .endSpec()
                        .build());
        if (before != replicas) {
            event(rollout.deployment(), before < replicas ? "up" : "down", scaled, before, replicas);
        }
    }

    private void event(Deployment deployment, String direction, ReplicaSet set, int from, int to) {
        events.normal(
                DeploymentController.COMPONENT,
                deployment,
                "ScalingReplicaSet",
                "Scaled " + direction + " replica set " + set.getMetadata().getName() + " from " + from + " to " + to);
    }

    /** Whether pods of these sets still run, be it that they are about to end. */
    boolean hasRunningPods(Collection<ReplicaSet> sets) {
        return sets.stream()
                .anyMatch(set -> caches.pods().inNamespace(set.getMetadata().getNamespace()).stream()
                        .anyMatch(pod -> Ownership.controls(set, pod) && !Readiness.isTerminated(pod)));
    }
}
