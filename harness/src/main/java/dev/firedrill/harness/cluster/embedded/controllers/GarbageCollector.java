package dev.firedrill.harness.cluster.embedded.controllers;

import dev.firedrill.harness.cluster.embedded.controllers.OwnershipGraph.Node;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Deletes what was owned by objects that are gone, lets an owner that is deleted in the foreground go when its
 * dependents are, and sets dependents free whose owner leaves them as orphans.
 * <p>Source: https://kubernetes.io/docs/concepts/architecture/garbage-collection/
 */
final class GarbageCollector implements Reconciler {
    private final OwnershipGraph graph = new OwnershipGraph();
    private final KubernetesClient client;
    private final Writer writer;
    private final OtherKinds others;

    GarbageCollector(KubernetesClient client, Writer writer, OtherKinds others) {
        this.client = client;
        this.writer = writer;
        this.others = others;
    }

    /** Follows every kind: those that are watched anyway, and the others once they are. */
    void feed(Caches caches, WorkQueue queue) {
        caches.byKind().forEach((kind, cache) -> follow(cache, HasMetadata.getPlural(kind), queue));
        others.follow((object, kind) -> put(Node.of(object, kind.plural()), queue), object -> remove(object, queue));
    }

    private <T extends HasMetadata> void follow(Cache<T> cache, String plural, WorkQueue queue) {
        cache.listen((before, after) -> after.ifPresentOrElse(
                object -> put(Node.of(object, plural), queue),
                () -> before.ifPresent(object -> remove(object, queue))));
    }

    private static ObjectKey key(String uid) {
        return new ObjectKey("", uid);
    }

    private void put(Node node, WorkQueue queue) {
        Optional<Node> before = graph.put(node);
        boolean owned = !node.owners().isEmpty() && !node.leaving();
        boolean ownersNew = before.filter(b -> b.owners().equals(node.owners())).isEmpty();
        if (node.waitsForDependents() || node.orphansDependents() || (owned && ownersNew && mayBeGarbage(node))) {
            queue.add(key(node.uid()));
        }
        if (node.leaving()) {
            tellOwners(node, queue);
        }
    }

    private boolean mayBeGarbage(Node node) {
        return !graph.knowsAll(node.owners())
                || node.owners().stream()
                        .flatMap(owner -> graph.get(owner.getUid()).stream())
                        .anyMatch(Node::leaving);
    }

    private void remove(HasMetadata object, WorkQueue queue) {
        String uid = object.getMetadata().getUid();
        Optional<Node> gone = graph.get(uid);
        List<Node> left = graph.dependents(uid);
        graph.remove(uid);
        left.forEach(dependent -> queue.add(key(dependent.uid())));
        gone.ifPresent(node -> tellOwners(node, queue));
    }

    private void tellOwners(Node node, WorkQueue queue) {
        node.owners().stream()
                .flatMap(owner -> graph.get(owner.getUid()).stream())
                .filter(Node::waitsForDependents)
                .forEach(owner -> queue.add(key(owner.uid())));
    }

    /** Looks again at what had to wait until all kinds were watched, and at what lost its owner before. */
    void recheck(WorkQueue queue) {
        graph.all().stream()
                .filter(node -> node.leaving() || (!node.owners().isEmpty() && mayBeGarbage(node)))
                .forEach(node -> queue.add(key(node.uid())));
    }

    @Override
    public Optional<Duration> reconcile(ObjectKey key) {
        Node node = graph.get(key.name()).orElse(null);
        if (node == null) {
            return Optional.empty();
        }
        if (node.leaving()) {
            if (node.waitsForDependents() || node.orphansDependents()) {
                release(node);
            }
        } else if (!node.owners().isEmpty()) {
            judge(node);
        }
        return Optional.empty();
    }

    /** Only who sees all kinds knows all dependents: until then it waits, and is rechecked. */
    private void release(Node node) {
        CompletableFuture<?> complete = others.watchAll();
        if (!complete.isDone() || complete.isCompletedExceptionally()) {
            return;
        }
        if (node.orphansDependents()) {
            for (Node dependent : graph.dependents(node.uid())) {
                keep(dependent, owner -> !node.uid().equals(owner.getUid()));
            }
            change(node, Optional::of, List.of(OwnershipGraph.ORPHAN));
            return;
        }
        List<Node> blocking = graph.dependents(node.uid()).stream()
                .filter(dependent -> dependent.isBlocking(node.uid()))
                .toList();
        if (blocking.isEmpty()) {
            change(node, Optional::of, List.of(OwnershipGraph.FOREGROUND));
        }
        graph.dependents(node.uid()).stream()
                .filter(dependent -> !dependent.leaving())
                .forEach(this::judge);
    }

    private enum OwnerState {
        STAYS,
        WAITS,
        GONE
    }

    private void judge(Node node) {
        List<OwnerReference> stay = new ArrayList<>();
        boolean awaited = false;
        for (OwnerReference owner : node.owners()) {
            OwnerState state = stateOf(owner, node);
            awaited |= state == OwnerState.WAITS;
            if (state == OwnerState.STAYS) {
                stay.add(owner);
            }
        }
        if (stay.size() == node.owners().size()) {
            return;
        }
        if (!stay.isEmpty()) {
            keep(node, stay::contains);
            return;
        }
        if (!isOwnedAsBefore(node)) {
            return;
        }
        List<Node> dependents = graph.dependents(node.uid());
        boolean both = awaited && !dependents.isEmpty();
        if (both && dependents.stream().anyMatch(Node::waitsForDependents)) {
            // They own each other in a circle, and would wait for each other without end.
            unblock(node);
        }
        writer.delete(node.path(), node.uid(), both ? "Foreground" : policyOf(node));
    }

    /**
     * Whether the server itself names the same owners: what was just set free by one that is gone may not be seen yet.
     *
     * <p>Source: k8s.io/kubernetes, {@code pkg/controller/garbagecollector} ({@code attemptToDeleteItem}).
     */
    private boolean isOwnedAsBefore(Node node) {
        return current(node)
                .map(there -> there.getMetadata().getOwnerReferences())
                .filter(node.owners()::equals)
                .isPresent();
    }

    /** Nobody that owns this waits for it any more. */
    private void unblock(Node node) {
        change(
                node,
                owner -> Optional.of(new OwnerReferenceBuilder(owner)
                        .withBlockOwnerDeletion(false)
                        .build()),
                List.of());
    }

    private static String policyOf(Node node) {
        if (node.finalizers().contains(OwnershipGraph.ORPHAN)) {
            return "Orphan";
        }
        return node.finalizers().contains(OwnershipGraph.FOREGROUND) ? "Foreground" : "Background";
    }

    private OwnerState stateOf(OwnerReference owner, Node dependent) {
        Optional<Node> known = graph.get(owner.getUid());
        if (known.isPresent()) {
            return known.get().waitsForDependents() ? OwnerState.WAITS : OwnerState.STAYS;
        }
        return exists(owner, dependent) ? OwnerState.STAYS : OwnerState.GONE;
    }

    /** Asks the server itself: what is not watched, or not seen yet, may still be there. */
    private boolean exists(OwnerReference owner, Node dependent) {
        ServedKind kind = others.find(owner.getApiVersion(), owner.getKind()).orElse(null);
        boolean nowhere =
                kind != null && kind.namespaced() && dependent.key().namespace().isEmpty();
        if (kind == null || nowhere) {
            return true;
        }
        var resources = client.genericKubernetesResources(kind.context());
        GenericKubernetesResource there = kind.namespaced()
                ? resources
                        .inNamespace(dependent.key().namespace())
                        .withName(owner.getName())
                        .get()
                : resources.withName(owner.getName()).get();
        return there != null && owner.getUid().equals(there.getMetadata().getUid());
    }

    private void keep(Node node, Predicate<OwnerReference> kept) {
        change(node, owner -> Optional.of(owner).filter(kept), List.of());
    }

    /** Changes owners and drops finalizers of an object as it is on the server; a conflict leads to another try. */
    private void change(
            Node node, Function<OwnerReference, Optional<OwnerReference>> changed, List<String> droppedFinalizers) {
        GenericKubernetesResource there = current(node).orElse(null);
        if (there == null) {
            return;
        }
        List<OwnerReference> owners = there.getMetadata().getOwnerReferences().stream()
                .flatMap(owner -> changed.apply(owner).stream())
                .toList();
        List<String> finalizers = there.getMetadata().getFinalizers().stream()
                .filter(finalizer -> !droppedFinalizers.contains(finalizer))
                .toList();
        Map<String, Object> metadata = Map.of(
                "resourceVersion", there.getMetadata().getResourceVersion(),
                "ownerReferences", owners,
                "finalizers", finalizers);
        writer.merge(resource(node), Map.of("metadata", metadata));
    }

    /** The object as it is on the server; empty if it is gone. */
    private Optional<GenericKubernetesResource> current(Node node) {
        return Optional.ofNullable(resource(node).get())
                .filter(there -> node.uid().equals(there.getMetadata().getUid()));
    }

    private Resource<GenericKubernetesResource> resource(Node node) {
        ServedKind kind = others.find(node.apiVersion(), node.kind()).orElseThrow();
        var resources = client.genericKubernetesResources(kind.context());
        return kind.namespaced()
                ? resources
                        .inNamespace(node.key().namespace())
                        .withName(node.key().name())
                : resources.withName(node.key().name());
    }
}
