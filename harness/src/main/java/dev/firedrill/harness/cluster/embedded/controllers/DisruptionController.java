package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the status of each PodDisruptionBudget, which evictions go by. */
final class DisruptionController implements Reconciler {
    private static final Duration EVICTIONS_LAPSE = Duration.ofMinutes(2);

    private final Caches caches;
    private final Writer writer;
    private final Clock clock;

    DisruptionController(Caches caches, Writer writer, Clock clock) {
        this.caches = caches;
        this.writer = writer;
        this.clock = clock;
    }

    void feed(WorkQueue queue) {
        caches.disruptionBudgets()
                .listen((before, after) -> after.map(ObjectKey::of).ifPresent(queue::add));
        caches.pods().listen((before, after) -> after.or(() -> before)
                .ifPresent(pod -> selecting(pod).forEach(queue::add)));
        caches.deployments()
                .listen((before, after) -> after.ifPresent(deployment -> caches.disruptionBudgets()
                        .inNamespace(deployment.getMetadata().getNamespace())
                        .forEach(budget -> queue.add(ObjectKey.of(budget)))));
    }

    private List<ObjectKey> selecting(Pod pod) {
        return caches.disruptionBudgets().inNamespace(pod.getMetadata().getNamespace()).stream()
                .filter(budget -> selects(budget, pod))
                .map(ObjectKey::of)
                .toList();
    }

    private static boolean selects(PodDisruptionBudget budget, Pod pod) {
        return Selectors.matches(
                budget.getSpec().getSelector(), pod.getMetadata().getLabels());
    }

    @Override
    public Optional<Duration> reconcile(ObjectKey key) {
        PodDisruptionBudget budget = caches.disruptionBudgets().get(key).orElse(null);
        if (budget == null || budget.getMetadata().getDeletionTimestamp() != null) {
            return Optional.empty();
        }
        List<Pod> pods = caches.pods().inNamespace(key.namespace()).stream()
                .filter(pod -> selects(budget, pod) && !Readiness.isTerminated(pod))
                .toList();
        PodDisruptionBudgetStatus status = DisruptionBudgets.status(budget, pods, expected(pods), clock.instant());
        if (!status.equals(budget.getStatus())) {
            writer.updateStatus(
                    caches.disruptionBudgets(),
                    new PodDisruptionBudgetBuilder(budget).withStatus(status).build());
        }
        return status.getDisruptedPods() == null || status.getDisruptedPods().isEmpty()
                ? Optional.empty()
                : Optional.of(EVICTIONS_LAPSE);
    }

    /**
     * How many pods the controllers of these pods want: none for pods that nobody manages; one whose controller is not
     * known counts as itself.
     */
    private int expected(List<Pod> pods) {
        Map<String, Integer> wanted = new HashMap<>();
        for (Pod pod : pods) {
            Optional<OwnerReference> controller = Ownership.controllerOf(pod);
            if (controller.isEmpty()) {
                continue;
            }
            Optional<ReplicaSet> set = controller
                    .flatMap(owner -> caches.replicaSets()
                            .get(new ObjectKey(pod.getMetadata().getNamespace(), owner.getName())))
                    .filter(s -> Ownership.controls(s, pod));
            set.flatMap(s -> Ownership.controllerOf(s).flatMap(owner -> caches.deployments()
                            .get(new ObjectKey(pod.getMetadata().getNamespace(), owner.getName()))))
                    .ifPresentOrElse(
                            deployment -> wanted.put(
                                    deployment.getMetadata().getUid(),
                                    RolloutLimits.of(deployment).replicas()),
                            () -> wanted.put(
                                    set.map(s -> s.getMetadata().getUid())
                                            .orElse(pod.getMetadata().getUid()),
                                    set.map(ReplicaSets::wanted).orElse(1)));
        }
        return wanted.values().stream().mapToInt(Integer::intValue).sum();
    }
}
