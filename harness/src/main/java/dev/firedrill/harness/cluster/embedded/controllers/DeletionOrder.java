package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which of a ReplicaSet's pods is given up first: what does least yet, then what has done it for the shortest time.
 * <p>Source: https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/ (scaling a ReplicaSet)
 */
final class DeletionOrder {
    private static final String COST = "controller.kubernetes.io/pod-deletion-cost";

    private DeletionOrder() {}

    /** Those to delete first come first. */
    static Comparator<Pod> expendableFirst() {
        return Comparator.<Pod>comparingInt(pod -> isAssigned(pod) ? 1 : 0)
                .thenComparingInt(pod -> rank(Readiness.phase(pod)))
                .thenComparingInt(pod -> Readiness.isReady(pod) ? 1 : 0)
                .thenComparingInt(DeletionOrder::cost)
                .thenComparing(pod -> Readiness.readySince(pod).orElse(Instant.MAX), Comparator.reverseOrder())
                .thenComparing(Readiness::restarts, Comparator.reverseOrder())
                .thenComparing(DeletionOrder::created, Comparator.reverseOrder())
                .thenComparing(pod -> pod.getMetadata().getName());
    }

    private static boolean isAssigned(Pod pod) {
        String node = pod.getSpec().getNodeName();
        return node != null && !node.isEmpty();
    }

    private static int rank(String phase) {
        return switch (phase) {
            case "Pending" -> 0;
            case "Unknown" -> 1;
            default -> 2;
        };
    }

    private static int cost(Pod pod) {
        String text = pod.getMetadata().getAnnotations() == null
                ? null
                : pod.getMetadata().getAnnotations().get(COST);
        return text == null ? 0 : parse(text);
    }

    private static int parse(String cost) {
        try {
            return Integer.parseInt(cost);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    private static Instant created(Pod pod) {
        @Nullable String text = pod.getMetadata().getCreationTimestamp();
        return Timestamps.parse(Objects.requireNonNullElse(text, "9999-12-31T23:59:59Z"));
    }
}
