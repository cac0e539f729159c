package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Who owns whom among all objects, of whatever kind, by uid. Safe for use by several threads. */
final class OwnershipGraph {
    static final String FOREGROUND = "foregroundDeletion";
    static final String ORPHAN = "orphan";

    /** What the graph keeps of an object. */
    record Node(
            String uid,
            String path,
            ObjectKey key,
            String apiVersion,
            String kind,
            List<OwnerReference> owners,
            Set<String> finalizers,
            boolean leaving) {
        Node {
            owners = List.copyOf(owners);
            finalizers = Set.copyOf(finalizers);
        }

        static Node of(HasMetadata object, String plural) {
            ObjectMeta metadata = object.getMetadata();
            ObjectKey key = ObjectKey.of(object);
            return new Node(
                    metadata.getUid(),
                    Writer.path(object.getApiVersion(), plural, key),
                    key,
                    object.getApiVersion(),
                    object.getKind(),
                    metadata.getOwnerReferences(),
                    Set.copyOf(metadata.getFinalizers()),
                    metadata.getDeletionTimestamp() != null);
        }

        /** Deleted in the foreground: it waits until those that it owns are gone. */
        boolean waitsForDependents() {
            return leaving && finalizers.contains(FOREGROUND);
        }

        /** Deleted so that those that it owns stay: it waits until they are told. */
        boolean orphansDependents() {
            return leaving && finalizers.contains(ORPHAN);
        }

        boolean isBlocking(String ownerUid) {
            return owners.stream()
                    .anyMatch(owner ->
                            ownerUid.equals(owner.getUid()) && Boolean.TRUE.equals(owner.getBlockOwnerDeletion()));
        }
    }

    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, Set<String>> dependents = new HashMap<>();

    synchronized Optional<Node> get(String uid) {
        return Optional.ofNullable(nodes.get(uid));
    }

    synchronized List<Node> all() {
        return List.copyOf(nodes.values());
    }

    synchronized List<Node> dependents(String uid) {
        return dependents.getOrDefault(uid, Set.of()).stream()
                .map(nodes::get)
                .filter(Objects::nonNull)
                .toList();
    }

    synchronized boolean knowsAll(Collection<OwnerReference> owners) {
        return owners.stream().allMatch(owner -> nodes.containsKey(owner.getUid()));
    }

    /** Takes in an object as it is now; gives back what was known of it. */
    synchronized Optional<Node> put(Node node) {
        Node before = nodes.put(node.uid(), node);
        if (before != null) {
            unlink(before);
        }
        node.owners().forEach(owner -> dependents
                .computeIfAbsent(owner.getUid(), uid -> new LinkedHashSet<>())
                .add(node.uid()));
        return Optional.ofNullable(before);
    }

    synchronized void remove(String uid) {
        Node node = nodes.remove(uid);
        if (node != null) {
            unlink(node);
        }
    }

    private void unlink(Node node) {
        for (OwnerReference owner : node.owners()) {
            Set<String> left = dependents.getOrDefault(owner.getUid(), new LinkedHashSet<>());
            left.remove(node.uid());
            if (left.isEmpty()) {
                dependents.remove(owner.getUid());
            }
        }
    }
}
