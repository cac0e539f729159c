package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps as many pods of each ReplicaSet as it asks for, and its status true. */
final class ReplicaSetController implements Reconciler {
    private static final String COMPONENT = "replicaset-controller";
    private static final int AT_ONCE = 500;

    private final Caches caches;
    private final Writer writer;
    private final EventRecorder events;
    private final Clock clock;

    ReplicaSetController(Caches caches, Writer writer, EventRecorder events, Clock clock) {
        this.caches = caches;
        this.writer = writer;
        this.events = events;
        this.clock = clock;
    }

    /** Adds to the queue whichever set a change concerns. */
    void feed(WorkQueue queue) {
        caches.replicaSets()
                .listen((before, after) ->
                        after.or(() -> before).map(ObjectKey::of).ifPresent(queue::add));
        caches.pods().listen((before, after) -> {
            before.ifPresent(pod -> concerned(pod).forEach(queue::add));
            after.ifPresent(pod -> concerned(pod).forEach(queue::add));
        });
    }

    private List<ObjectKey> concerned(Pod pod) {
        String namespace = pod.getMetadata().getNamespace();
        return Ownership.controllerOf(pod)
                .map(owner -> "ReplicaSet".equals(owner.getKind())
                        ? List.of(new ObjectKey(namespace, owner.getName()))
                        : List.<ObjectKey>of())
                .orElseGet(() -> caches.replicaSets().inNamespace(namespace).stream()
                        .filter(set -> Selectors.matches(
                                set.getSpec().getSelector(), pod.getMetadata().getLabels()))
                        .map(ObjectKey::of)
                        .toList());
    }

    @Override
    public Optional<Duration> reconcile(ObjectKey key) {
        ReplicaSet set = caches.replicaSets().get(key).orElse(null);
        if (set == null) {
            return Optional.empty();
        }
        List<Pod> active = activePods(set);
        KubernetesClientException refused = null;
        Optional<ReplicaSets.Failure> failure = Optional.empty();
        if (set.getMetadata().getDeletionTimestamp() == null) {
            boolean tooFew = active.size() < ReplicaSets.wanted(set);
            try {
                active = tooFew ? addPods(set, active) : removePods(set, active);
            } catch (KubernetesClientException e) {
                refused = e;
                String reason = tooFew ? "FailedCreate" : "FailedDelete";
                failure = Optional.of(new ReplicaSets.Failure(reason, messageOf(e)));
            }
        }
        writeStatus(set, active, failure);
        if (refused != null) {
            throw refused;
        }
        return ReplicaSets.nextAvailable(set, active, clock.instant());
    }

    private List<Pod> activePods(ReplicaSet set) {
        List<Pod> candidates = caches.pods().inNamespace(set.getMetadata().getNamespace()).stream()
                .filter(pod -> !caches.pods().leaving(pod) && !Readiness.isTerminated(pod))
                .toList();
        return Ownership.claimAll(
                set, set.getSpec().getSelector(), candidates, pod -> writer.update(caches.pods(), pod));
    }

    private List<Pod> addPods(ReplicaSet set, List<Pod> active) {
        boolean possible = !caches.isEnding(set.getMetadata().getNamespace());
        int missing = possible ? Math.min(AT_ONCE, ReplicaSets.wanted(set) - active.size()) : 0;
        List<Pod> all = new ArrayList<>(active);
        for (int i = 0; i < missing; i++) {
            try {
                Pod pod = writer.create(caches.pods(), ReplicaSets.newPod(set));
                all.add(pod);
                events.normal(
                        COMPONENT,
                        set,
                        "SuccessfulCreate",
                        "Created pod: " + pod.getMetadata().getName());
            } catch (KubernetesClientException e) {
                events.warning(COMPONENT, set, "FailedCreate", "Error creating: " + messageOf(e));
                throw e;
            }
        }
        return all;
    }

    private List<Pod> removePods(ReplicaSet set, List<Pod> active) {
        List<Pod> left = new ArrayList<>(active);
        for (Pod pod : ReplicaSets.surplus(active, ReplicaSets.wanted(set))) {
            try {
                writer.delete(caches.pods(), pod);
                left.remove(pod);
                events.normal(
                        COMPONENT,
                        set,
                        "SuccessfulDelete",
                        "Deleted pod: " + pod.getMetadata().getName());
            } catch (KubernetesClientException e) {
                events.warning(COMPONENT, set, "FailedDelete", "Error deleting: " + messageOf(e));
                throw e;
            }
        }
        return left;
    }

    private void writeStatus(ReplicaSet set, List<Pod> active, Optional<ReplicaSets.Failure> failure) {
        ReplicaSetStatus status = ReplicaSets.status(set, active, failure, clock.instant());
        if (!status.equals(set.getStatus())) {
            writer.updateStatus(
                    caches.replicaSets(),
                    new ReplicaSetBuilder(set).withStatus(status).build());
        }
    }

    private static String messageOf(KubernetesClientException e) {
        @Nullable
        String fromServer = e.getStatus() == null ? null : e.getStatus().getMessage();
        return fromServer == null ? String.valueOf(e.getMessage()) : fromServer;
    }
}
