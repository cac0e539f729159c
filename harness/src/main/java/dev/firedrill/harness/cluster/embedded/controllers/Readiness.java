package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What a pod's status says about its use. */
final class Readiness {
    private Readiness() {}

    static Optional<PodCondition> condition(Pod pod, String type) {
        if (pod.getStatus() == null) {
            return Optional.empty();
        }
        return pod.getStatus().getConditions().stream()
                .filter(c -> type.equals(c.getType()))
                .findFirst();
    }

    static boolean isReady(Pod pod) {
        return condition(pod, "Ready").filter(c -> "True".equals(c.getStatus())).isPresent();
    }

    /** Since when a pod has been ready; empty if it is not. */
    static Optional<Instant> readySince(Pod pod) {
        return condition(pod, "Ready")
                .filter(c -> "True".equals(c.getStatus()) && c.getLastTransitionTime() != null)
                .map(c -> Timestamps.parse(c.getLastTransitionTime()));
    }

    /** Ready for at least this long. */
    static boolean isAvailable(Pod pod, Duration atLeast, Instant now) {
        if (!isReady(pod)) {
            return false;
        }
        return atLeast.isZero()
                || readySince(pod)
                        .filter(since -> !since.plus(atLeast).isAfter(now))
                        .isPresent();
    }

    static String phase(Pod pod) {
        return pod.getStatus() == null
                ? "Pending"
                : Objects.requireNonNullElse(pod.getStatus().getPhase(), "Pending");
    }

    static boolean isTerminated(Pod pod) {
        return "Succeeded".equals(phase(pod)) || "Failed".equals(phase(pod));
    }

    static int restarts(Pod pod) {
        if (pod.getStatus() == null) {
            return 0;
        }
        return pod.getStatus().getContainerStatuses().stream()
                .mapToInt(c -> Objects.requireNonNullElse(c.getRestartCount(), 0))
                .sum();
    }
}
