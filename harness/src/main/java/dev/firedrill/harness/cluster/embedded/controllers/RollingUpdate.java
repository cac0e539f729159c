package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of a rolling update: which ReplicaSet is scaled to what next, so that never more pods exist and never
 * fewer are available than the limits say. Pure functions of what the ReplicaSets say about themselves.
 * <p>Source: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment
 */
final class RollingUpdate {
    /** A ReplicaSet and its next number of replicas. */
    record Scaling(ReplicaSet set, int to) {}

    private final RolloutLimits limits;
    private final @Nullable ReplicaSet fresh;
    private final List<ReplicaSet> old;

    /**
     * A rollout as it stands.
     *
     * @param fresh the ReplicaSet of the current template, absent if it is still to be created
     * @param old all other ReplicaSets
     */
    RollingUpdate(RolloutLimits limits, Optional<ReplicaSet> fresh, List<ReplicaSet> old) {
        this.limits = limits;
        this.fresh = fresh.orElse(null);
        this.old = List.copyOf(old);
    }

    /** With how many replicas the ReplicaSet of the current template goes on, or is created. */
    int freshReplicas() {
        int now = fresh == null ? 0 : ReplicaSets.wanted(fresh);
        if (now > limits.replicas()) {
            return limits.replicas();
        }
        int room = limits.most() - total();
        return room <= 0 ? now : now + Math.min(room, limits.replicas() - now);
    }

    private int total() {
        int sum = old.stream().mapToInt(ReplicaSets::wanted).sum();
        return sum + (fresh == null ? 0 : ReplicaSets.wanted(fresh));
    }

    /** Which old ReplicaSets shrink now, by how much: those first whose pods are of no use anyway. */
    List<Scaling> shrinkOld() {
        int freshUnavailable = fresh == null ? 0 : ReplicaSets.wanted(fresh) - ReplicaSets.available(fresh);
        int allowed = total() - limits.fewestAvailable() - freshUnavailable;
        if (allowed <= 0) {
            return List.of();
        }
        List<ReplicaSet> eldestFirst = old.stream()
                .sorted(Comparator.comparing(RollingUpdate::created))
                .toList();
        Map<ReplicaSet, Integer> sizes = new LinkedHashMap<>();
        eldestFirst.forEach(set -> sizes.put(set, ReplicaSets.wanted(set)));
        dropUnavailable(sizes, allowed);
        dropAvailable(sizes);
        return sizes.entrySet().stream()
                .filter(e -> e.getValue() != ReplicaSets.wanted(e.getKey()))
                .map(e -> new Scaling(e.getKey(), e.getValue()))
                .toList();
    }

    private static Instant created(ReplicaSet set) {
        return Timestamps.parse(set.getMetadata().getCreationTimestamp());
    }

    private static void dropUnavailable(Map<ReplicaSet, Integer> sizes, int allowed) {
        int left = allowed;
        for (Map.Entry<ReplicaSet, Integer> entry : sizes.entrySet()) {
            int unavailable = entry.getValue() - ReplicaSets.available(entry.getKey());
            int dropped = Math.max(0, Math.min(left, unavailable));
            entry.setValue(entry.getValue() - dropped);
            left -= dropped;
        }
    }

    private void dropAvailable(Map<ReplicaSet, Integer> sizes) {
        int available = sizes.keySet().stream().mapToInt(ReplicaSets::available).sum()
                + (fresh == null ? 0 : ReplicaSets.available(fresh));
        int left = available - limits.fewestAvailable();
        for (Map.Entry<ReplicaSet, Integer> entry : sizes.entrySet()) {
            int dropped = Math.max(0, Math.min(left, entry.getValue()));
            entry.setValue(entry.getValue() - dropped);
            left -= dropped;
        }
    }

    /**
     * What a new number of replicas means for a rollout that is under way or paused: the ReplicaSets keep their shares.
     *
     * @param statusReplicas how many pods the Deployment last said there are
     */
    List<Scaling> rescale(int statusReplicas) {
        List<ReplicaSet> all = new ArrayList<>(old);
        if (fresh != null) {
            all.add(fresh);
        }
        List<ReplicaSet> active =
                all.stream().filter(set -> ReplicaSets.wanted(set) > 0).toList();
        if (active.size() <= 1) {
            return onlyActiveOrLatest(active).stream()
                    .map(set -> new Scaling(set, limits.replicas()))
                    .toList();
        }
        if (isSaturated()) {
            return active.stream()
                    .filter(set -> !set.equals(fresh))
                    .map(set -> new Scaling(set, 0))
                    .toList();
        }
        return proportional(active, statusReplicas);
    }

    private Optional<ReplicaSet> onlyActiveOrLatest(List<ReplicaSet> active) {
        if (!active.isEmpty()) {
            return Optional.of(active.get(0));
        }
        return Optional.ofNullable(fresh).or(() -> old.stream().max(Comparator.comparing(RollingUpdate::created)));
    }

    private boolean isSaturated() {
        return fresh != null
                && ReplicaSets.wanted(fresh) == limits.replicas()
                && Revisions.desiredReplicas(fresh).orElse(-1) == limits.replicas()
                && ReplicaSets.available(fresh) == limits.replicas();
    }

    private List<Scaling> proportional(List<ReplicaSet> active, int statusReplicas) {
        int size = active.stream().mapToInt(ReplicaSets::wanted).sum();
        int toAdd = (limits.replicas() > 0 ? limits.most() : 0) - size;
        List<ReplicaSet> largestFirst =
                active.stream().sorted(bySize(toAdd > 0)).toList();
        Map<ReplicaSet, Integer> sizes = new LinkedHashMap<>();
        int added = 0;
        for (ReplicaSet set : largestFirst) {
            int share = toAdd == 0 ? 0 : share(set, toAdd, added, statusReplicas);
            sizes.put(set, ReplicaSets.wanted(set) + share);
            added += share;
        }
        if (toAdd != 0) {
            int rest = toAdd - added;
            sizes.compute(largestFirst.get(0), (set, n) -> Math.max(0, (n == null ? 0 : n) + rest));
        }
        return sizes.entrySet().stream()
                .map(e -> new Scaling(e.getKey(), e.getValue()))
                .toList();
    }

    private static Comparator<ReplicaSet> bySize(boolean newestFirst) {
        Comparator<ReplicaSet> age = Comparator.comparing(RollingUpdate::created);
        return Comparator.comparing(ReplicaSets::wanted, Comparator.reverseOrder())
                .thenComparing(newestFirst ? age.reversed() : age);
    }

    private int share(ReplicaSet set, int toAdd, int added, int statusReplicas) {
        if (ReplicaSets.wanted(set) == 0 || toAdd == added) {
            return 0;
        }
        int fraction = fraction(set, statusReplicas);
        return toAdd > 0 ? Math.min(fraction, toAdd - added) : Math.max(fraction, toAdd - added);
    }

    private int fraction(ReplicaSet set, int statusReplicas) {
        int size = ReplicaSets.wanted(set);
        if (limits.replicas() == 0) {
            return -size;
        }
        int before = Revisions.maxReplicas(set).filter(n -> n > 0).orElse(Math.max(1, statusReplicas));
        return (int) Math.round((double) size * limits.most() / before) - size;
    }
}
