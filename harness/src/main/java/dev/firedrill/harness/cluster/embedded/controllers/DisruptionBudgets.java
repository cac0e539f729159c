package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatusBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How many pods of a PodDisruptionBudget may be evicted now.
 * <p>Source: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 */
final class DisruptionBudgets {
    private static final Duration EVICTION_SHOWS_WITHIN = Duration.ofMinutes(2);

    private DisruptionBudgets() {}

    /**
     * The status that follows from the pods that a budget selects.
     *
     * @param expected how many pods their controllers want together
     */
    static PodDisruptionBudgetStatus status(
            PodDisruptionBudget budget, Collection<Pod> pods, int expected, Instant now) {
        Map<String, String> evicted = stillEvicted(budget, pods, now);
        int healthy = (int) pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null && Readiness.isReady(pod))
                .filter(pod -> !evicted.containsKey(pod.getMetadata().getName()))
                .count();
        int desired = desired(budget, pods.size(), expected);
        int total = budget.getSpec().getMaxUnavailable() == null
                        && !isPercent(budget.getSpec().getMinAvailable())
                ? pods.size()
                : expected;
        int allowed = total <= 0 ? 0 : Math.max(0, healthy - desired);
        return new PodDisruptionBudgetStatusBuilder()
                .withCurrentHealthy(healthy)
                .withDesiredHealthy(desired)
                .withExpectedPods(total)
                .withDisruptionsAllowed(allowed)
                .withDisruptedPods(evicted.isEmpty() ? null : evicted)
                .withObservedGeneration(budget.getMetadata().getGeneration())
                .withConditions(condition(budget, allowed > 0, now))
                .build();
    }

    private static boolean isPercent(IntOrString value) {
        return value != null && value.getStrVal() != null;
    }

    private static int desired(PodDisruptionBudget budget, int pods, int expected) {
        IntOrString unavailable = budget.getSpec().getMaxUnavailable();
        if (unavailable != null) {
            return Math.max(0, expected - Percentages.of(unavailable, expected, true));
        }
        IntOrString available = budget.getSpec().getMinAvailable();
        return available == null ? 0 : Percentages.of(available, isPercent(available) ? expected : pods, true);
    }

    /** Evictions that the server granted and that do not show in the pods yet. */
    private static Map<String, String> stillEvicted(PodDisruptionBudget budget, Collection<Pod> pods, Instant now) {
        Map<String, String> evicted = new LinkedHashMap<>();
        if (budget.getStatus() != null && budget.getStatus().getDisruptedPods() != null) {
            budget.getStatus().getDisruptedPods().forEach((name, time) -> {
                boolean there = pods.stream()
                        .anyMatch(pod -> pod.getMetadata().getName().equals(name)
                                && pod.getMetadata().getDeletionTimestamp() == null);
                if (there && now.isBefore(Timestamps.parse(time).plus(EVICTION_SHOWS_WITHIN))) {
                    evicted.put(name, time);
                }
            });
        }
        return evicted;
    }

    private static Condition condition(PodDisruptionBudget budget, boolean allowed, Instant now) {
        String status = allowed ? "True" : "False";
        List<Condition> before =
                budget.getStatus() == null ? List.of() : budget.getStatus().getConditions();
        String since = before.stream()
                .filter(c -> "DisruptionAllowed".equals(c.getType()) && status.equals(c.getStatus()))
                .map(Condition::getLastTransitionTime)
                .findFirst()
                .orElse(Timestamps.seconds(now));
        return new ConditionBuilder()
                .withType("DisruptionAllowed")
                .withStatus(status)
                .withReason(allowed ? "SufficientPods" : "InsufficientPods")
                .withMessage("")
                .withObservedGeneration(
                        Objects.requireNonNullElse(budget.getMetadata().getGeneration(), 0L))
                .withLastTransitionTime(since)
                .build();
    }
}
