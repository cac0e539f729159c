package dev.firedrill.harness.cluster.embedded.apiserver.store;

import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.Selection;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * All objects, in memory, under one rising revision. An object is replaced only by whoever names the version that it
 * replaces; so callers compute outside of the lock and try again when they were too late.
 */
public final class ObjectStore {
    private final Map<String, Shelf> shelves = new HashMap<>();
    private final int history;
    private long revision = 1;

    /**
     * @param history how many changes per resource are remembered for watches that resume, &gt; 0
     */
    public ObjectStore(int history) {
        this.history = history;
    }

    /** The revision of the last change. */
    public synchronized long revision() {
        return revision;
    }

    /** How many objects there are, of all kinds. */
    public synchronized int size() {
        return shelves.values().stream().mapToInt(Shelf::size).sum();
    }

    public synchronized Optional<StoredObject> get(ResourceKind kind, String namespace, String name) {
        return Optional.ofNullable(shelf(kind).get(namespace, name));
    }

    /**
     * Keeps a new object.
     *
     * @throws StatusException (409, AlreadyExists) if there is one of that name
     */
    public synchronized StoredObject create(ResourceKind kind, ObjectNode tree) {
        StoredObject object = StoredObject.of(kind, tree, revision + 1);
        if (shelf(kind).get(object.namespace(), object.name()) != null) {
            throw StatusException.alreadyExists(kind, object.name());
        }
        revision++;
        shelf(kind).record(new Change(Change.Type.CREATED, object, null));
        return object;
    }

    /** Replaces a version of an object by the next; empty if it is no longer the current one. */
    public synchronized Optional<StoredObject> replace(ResourceKind kind, StoredObject current, ObjectNode next) {
        if (!isCurrent(kind, current)) {
            return Optional.empty();
        }
        StoredObject object = StoredObject.of(kind, next, ++revision);
        shelf(kind).record(new Change(Change.Type.UPDATED, object, current));
        return Optional.of(object);
    }

    /** Removes an object; empty if the given version is no longer the current one. Yields its last state. */
    public synchronized Optional<StoredObject> remove(ResourceKind kind, StoredObject current, ObjectNode last) {
        if (!isCurrent(kind, current)) {
            return Optional.empty();
        }
        StoredObject object = StoredObject.of(kind, last, ++revision);
        shelf(kind).record(new Change(Change.Type.DELETED, object, current));
        return Optional.of(object);
    }

    /** The objects of a kind in a namespace (all if empty) that are selected. */
    public synchronized Snapshot list(ResourceKind kind, String namespace, Selection selection) {
        return new Snapshot(shelf(kind).list(namespace, selection), revision);
    }

    /** The revision of the last change to any object of a kind; 0 if there was none. */
    public synchronized long lastChange(ResourceKind kind) {
        return shelf(kind).lastChange();
    }

    /** Watches from now on, after telling every object that there is. */
    public synchronized Subscription watchAll(
            ResourceKind kind, String namespace, Selection selection, Subscriber subscriber) {
        Shelf shelf = shelf(kind);
        shelf.list(namespace, selection)
                .forEach(object -> subscriber.event(new WatchEvent(WatchEvent.Type.ADDED, object)));
        subscriber.caughtUp(revision);
        return subscribe(shelf, namespace, selection, subscriber);
    }

    /**
     * Watches from a revision on.
     *
     * @param since the last revision that the watcher knows
     * @throws RevisionExpiredException if changes after it are forgotten
     */
    public synchronized Subscription watchSince(
            ResourceKind kind, String namespace, Selection selection, long since, Subscriber subscriber) {
        Shelf shelf = shelf(kind);
        List<Change> missed = shelf.changesAfter(since);
        for (Change change : missed) {
            tell(change, namespace, selection, subscriber);
        }
        return subscribe(shelf, namespace, selection, subscriber);
    }

    private static void tell(Change change, String namespace, Selection selection, Subscriber subscriber) {
        @Nullable WatchEvent event = change.seenThrough(namespace, selection);
        if (event != null) {
            subscriber.event(event);
        }
    }

    private Subscription subscribe(Shelf shelf, String namespace, Selection selection, Subscriber subscriber) {
        Shelf.Listener listener = change -> tell(change, namespace, selection, subscriber);
        shelf.listen(listener);
        return new Subscription() {
            @Override
            public void checkpoint() {
                synchronized (ObjectStore.this) {
                    subscriber.caughtUp(revision);
                }
            }

            @Override
            public void close() {
                synchronized (ObjectStore.this) {
                    shelf.forget(listener);
                }
            }
        };
    }

    private boolean isCurrent(ResourceKind kind, StoredObject version) {
        return shelf(kind).get(version.namespace(), version.name()) == version;
    }

    private Shelf shelf(ResourceKind kind) {
        return shelves.computeIfAbsent(kind.storage(), storage -> new Shelf(history));
    }
}
