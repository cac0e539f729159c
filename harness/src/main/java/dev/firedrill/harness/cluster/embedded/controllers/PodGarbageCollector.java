package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Removes pods that nobody else will: those of a node that is gone, those that end without ever having had a node,
 * and the oldest of very many that have ended.
 */
final class PodGarbageCollector implements Reconciler {
    private static final int MOST_ENDED = 12_500;

    private final Caches caches;
    private final Writer writer;

    PodGarbageCollector(Caches caches, Writer writer) {
        this.caches = caches;
        this.writer = writer;
    }

    void feed(WorkQueue queue) {
        caches.pods().listen((before, after) -> after.filter(
                        pod -> pod.getMetadata().getDeletionTimestamp() != null || Readiness.isTerminated(pod))
                .map(ObjectKey::of)
                .ifPresent(queue::add));
        caches.nodes().listen((before, after) -> {
            if (after.isEmpty()) {
                before.ifPresent(node -> onNode(node).forEach(queue::add));
            }
        });
    }

    private List<ObjectKey> onNode(Node node) {
        return caches.pods().all().stream()
                .filter(pod -> node.getMetadata().getName().equals(pod.getSpec().getNodeName()))
                .map(ObjectKey::of)
                .toList();
    }

    @Override
    public Optional<Duration> reconcile(ObjectKey key) {
        Optional<Pod> pod = caches.pods().get(key);
        pod.filter(this::isForsaken).ifPresent(p -> writer.deleteNow(caches.pods(), p));
        if (pod.filter(Readiness::isTerminated).isPresent()) {
            forgetOldest();
        }
        return Optional.empty();
    }

    private boolean isForsaken(Pod pod) {
        String node = pod.getSpec().getNodeName();
        boolean placed = node != null && !node.isEmpty();
        boolean leaving = pod.getMetadata().getDeletionTimestamp() != null;
        return placed ? caches.nodes().get(new ObjectKey("", node)).isEmpty() : leaving;
    }

    private void forgetOldest() {
        List<Pod> ended =
                caches.pods().all().stream().filter(Readiness::isTerminated).toList();
        ended.stream()
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
                .limit(Math.max(0, ended.size() - MOST_ENDED))
                .forEach(pod -> writer.deleteNow(caches.pods(), pod));
    }
}
