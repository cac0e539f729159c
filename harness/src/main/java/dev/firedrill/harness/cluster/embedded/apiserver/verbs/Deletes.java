package dev.firedrill.harness.cluster.embedded.apiserver.verbs;

import dev.firedrill.harness.cluster.embedded.apiserver.admission.Moments;
import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.ObjectStore;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes: at once where nobody has to do anything first, else by a mark on the object. Dependents are left to the
 * garbage collector, which sees the finalizers that are set here.
 */
public final class Deletes {
    private static final int MOST_ATTEMPTS = 20;
    private static final long DEFAULT_GRACE_SECONDS = 30;
    private static final String FOREGROUND = "foregroundDeletion";
    private static final String ORPHAN = "orphan";
    private static final Set<String> PROTECTED = Set.of("default", "kube-public", "kube-system");
    /** Kinds that go in steps, even where nothing holds them. */
    private static final Set<String> MARKED = Set.of("pods", "namespaces");

    private static final Set<String> POLICIES = Set.of("", "Foreground", "Background", "Orphan");
    private static final Set<String> PHASES_WITHOUT_GRACE = Set.of("Succeeded", "Failed");

    /**
     * Kinds whose dependents stay, unless somebody says something else.
     *
     * <p>Source: k8s.io/kubernetes, {@code pkg/registry} ({@code DefaultGarbageCollectionPolicy}).
     */
    private static final Set<String> ORPHANING = Set.of("jobs.batch", "replicationcontrollers");

    private final Writes writes;
    private final ObjectStore store;

    public Deletes(Writes writes) {
        this.writes = writes;
        this.store = writes.store();
    }

    /**
     * What became of an object.
     *
     * @param gone false while somebody still has to do something
     */
    public record Deleted(StoredObject last, boolean gone) {}

    /**
     * Deletes one object.
     *
     * @throws StatusException 404, 409 if a precondition fails, 422 for an unknown policy
     */
    public Deleted delete(ResourceKind kind, String namespace, String name, DeleteOptions options) {
        if (!POLICIES.contains(options.propagation())) {
            String supported = "\"Foreground\", \"Background\", \"Orphan\", \"nil\"";
            throw StatusException.invalidOption(
                    "DeleteOptions",
                    "propagationPolicy",
                    "FieldValueNotSupported",
                    "Unsupported value: \"%s\": supported values: %s".formatted(options.propagation(), supported));
        }
        if (kind.storage().equals("namespaces") && PROTECTED.contains(name)) {
            throw StatusException.forbidden(kind, name, "this namespace may not be deleted");
        }
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            StoredObject current = writes.require(kind, namespace, name);
            options.checkPreconditions(kind, current.tree());
            Optional<Deleted> deleted = attempt(kind, current, options);
            if (deleted.isPresent()) {
                return deleted.get();
            }
        }
        throw StatusException.stale(kind, name);
    }

    /** Deletes all of them that are there yet; yields these as they were before. */
    public List<StoredObject> deleteAll(ResourceKind kind, List<StoredObject> objects, DeleteOptions options) {
        List<StoredObject> deleted = new ArrayList<>();
        for (StoredObject object : objects) {
            try {
                delete(kind, object.namespace(), object.name(), options);
                deleted.add(object);
            } catch (StatusException refused) {
                if (refused.code() != 404) {
                    throw refused;
                }
            }
        }
        return deleted;
    }

    private Optional<Deleted> attempt(ResourceKind kind, StoredObject current, DeleteOptions options) {
        ObjectNode tree = current.tree();
        mark(kind, tree, options);
        boolean gone = Finalization.isComplete(kind, tree);
        if (options.dryRun()) {
            return Optional.of(new Deleted(rehearsed(kind, current, tree, gone), gone));
        }
        if (gone) {
            ObjectNode last = showsMark(kind, current) ? tree : current.tree();
            Optional<StoredObject> removed = store.remove(kind, current, last);
            removed.ifPresent(object -> writes.admission().released(kind, tree));
            return removed.map(object -> new Deleted(object, true));
        }
        if (tree.equals(current.tree())) {
            return Optional.of(new Deleted(current, false));
        }
        Generations.count(kind, Scope.OBJECT, current.tree(), tree);
        return store.replace(kind, current, tree).map(marked -> new Deleted(marked, false));
    }

    /** As it would be seen. */
    private static StoredObject rehearsed(ResourceKind kind, StoredObject current, ObjectNode tree, boolean gone) {
        if (gone && !showsMark(kind, current)) {
            return current;
        }
        Generations.count(kind, Scope.OBJECT, current.tree(), tree);
        return StoredObject.unstored(kind, tree);
    }

    /** Whether it is marked when it is last seen: only what does not go at once is. */
    private static boolean showsMark(ResourceKind kind, StoredObject current) {
        return MARKED.contains(kind.storage()) || Finalization.isDeleted(current.tree());
    }

    private void mark(ResourceKind kind, ObjectNode tree, DeleteOptions options) {
        ObjectNode metadata = tree.withObjectProperty("metadata");
        String policy = options.propagation();
        finalizers(metadata, policy.isEmpty() && ORPHANING.contains(kind.storage()) ? "Orphan" : policy);
        boolean already = Finalization.isDeleted(tree);
        long grace = kind.storage().equals("pods") ? grace(tree, options) : 0;
        if (already) {
            grace = Math.min(grace, Json.longAt(metadata, 0, "deletionGracePeriodSeconds"));
        }
        if (!already || grace < Json.longAt(metadata, 0, "deletionGracePeriodSeconds")) {
            Instant end = writes.clock().instant().plusSeconds(grace);
            metadata.put("deletionTimestamp", Moments.text(end));
            metadata.set("deletionGracePeriodSeconds", Json.number(grace));
        }
        if (kind.storage().equals("namespaces")) {
            metadata.remove("deletionGracePeriodSeconds");
            tree.withObjectProperty("status").put("phase", "Terminating");
        }
    }

    private static long grace(JsonNode pod, DeleteOptions options) {
        boolean nobodyToStopIt = Json.textAt(pod, "spec", "nodeName").isEmpty()
                || PHASES_WITHOUT_GRACE.contains(Json.textAt(pod, "status", "phase"));
        if (nobodyToStopIt) {
            return 0;
        }
        Long asked = options.graceSeconds();
        long own = Json.longAt(pod, DEFAULT_GRACE_SECONDS, "spec", "terminationGracePeriodSeconds");
        return Math.max(0, asked == null ? own : asked);
    }

    private static void finalizers(ObjectNode metadata, String policy) {
        if (policy.isEmpty()) {
            return;
        }
        ArrayNode kept = Json.array();
        for (JsonNode finalizer : Json.arrayAt(metadata, "finalizers")) {
            if (!finalizer.asString().equals(FOREGROUND)
                    && !finalizer.asString().equals(ORPHAN)) {
                kept.add(finalizer);
            }
        }
        if (policy.equals("Foreground")) {
            kept.add(FOREGROUND);
        } else if (policy.equals("Orphan")) {
            kept.add(ORPHAN);
        }
        if (kept.isEmpty()) {
            metadata.remove("finalizers");
        } else {
            metadata.set("finalizers", kept);
        }
    }
}
