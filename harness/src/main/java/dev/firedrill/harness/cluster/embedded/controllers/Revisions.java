package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The annotations by which a Deployment's ReplicaSets remember its revisions; {@code kubectl rollout history} reads
 * them.
 */
final class Revisions {
    static final String REVISION = "deployment.kubernetes.io/revision";
    private static final String HISTORY = "deployment.kubernetes.io/revision-history";
    private static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    private static final String MAX = "deployment.kubernetes.io/max-replicas";
    private static final Set<String> NOT_COPIED = Set.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            REVISION,
            HISTORY,
            DESIRED,
            MAX,
            "deprecated.deployment.rollback.to");

    private Revisions() {}

    static long of(HasMetadata object) {
        return number(object, REVISION).orElse(0L);
    }

    static Optional<Integer> desiredReplicas(ReplicaSet set) {
        return number(set, DESIRED).map(Long::intValue);
    }

    static Optional<Integer> maxReplicas(ReplicaSet set) {
        return number(set, MAX).map(Long::intValue);
    }

    private static Optional<Long> number(HasMetadata object, String annotation) {
        return Optional.ofNullable(annotations(object).get(annotation)).flatMap(Revisions::number);
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static Map<String, String> annotations(HasMetadata object) {
        return Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of());
    }

    static long next(Collection<ReplicaSet> old) {
        return old.stream().mapToLong(Revisions::of).max().orElse(0) + 1;
    }

    /** The annotations of a new ReplicaSet. */
    static Map<String, String> first(Deployment deployment, long revision, RolloutLimits limits) {
        return withSizes(copied(Map.of(), deployment, revision), limits);
    }

    /**
     * The annotations of the ReplicaSet of the current template: the Deployment's, and a revision never lower than
     * before.
     */
    static Map<String, String> refreshed(ReplicaSet set, Deployment deployment, long revision) {
        return copied(annotations(set), deployment, revision);
    }

    private static Map<String, String> copied(Map<String, String> own, Deployment deployment, long revision) {
        Map<String, String> all = new LinkedHashMap<>(own);
        annotations(deployment).forEach((name, value) -> {
            if (!NOT_COPIED.contains(name)) {
                all.put(name, value);
            }
        });
        String before = own.get(REVISION);
        if (before == null) {
            all.put(REVISION, Long.toString(revision));
        } else if (number(before).filter(last -> last < revision).isPresent()) {
            all.put(REVISION, Long.toString(revision));
            all.merge(HISTORY, before, (history, last) -> history + "," + last);
        }
        return all;
    }

    /** The same with the sizes that a later rescaling starts from. */
    static Map<String, String> withSizes(Map<String, String> annotations, RolloutLimits limits) {
        Map<String, String> all = new LinkedHashMap<>(annotations);
        all.put(DESIRED, Integer.toString(limits.replicas()));
        all.put(MAX, Integer.toString(limits.most()));
        return all;
    }

    static Map<String, String> withSizes(ReplicaSet set, RolloutLimits limits) {
        return withSizes(annotations(set), limits);
    }

    /** The annotations of a Deployment whose current template has this revision. */
    static Map<String, String> of(Deployment deployment, long revision) {
        Map<String, String> all = new LinkedHashMap<>(annotations(deployment));
        all.put(REVISION, Long.toString(revision));
        return all;
    }

    /** The ReplicaSets beyond the history that a Deployment keeps, and of no use any more. */
    static List<ReplicaSet> forgotten(Deployment deployment, Collection<ReplicaSet> old) {
        int kept = Objects.requireNonNullElse(deployment.getSpec().getRevisionHistoryLimit(), 10);
        List<ReplicaSet> alive = old.stream()
                .filter(set -> set.getMetadata().getDeletionTimestamp() == null)
                .sorted(Comparator.comparing(Revisions::of))
                .toList();
        return alive.stream()
                .limit(Math.max(0, alive.size() - kept))
                .filter(Revisions::isUnused)
                .toList();
    }

    private static boolean isUnused(ReplicaSet set) {
        long generation = Objects.requireNonNullElse(set.getMetadata().getGeneration(), 0L);
        long observed = set.getStatus() == null
                ? 0
                : Objects.requireNonNullElse(set.getStatus().getObservedGeneration(), 0L);
        return ReplicaSets.wanted(set) == 0 && ReplicaSets.actual(set) == 0 && generation <= observed;
    }
}
