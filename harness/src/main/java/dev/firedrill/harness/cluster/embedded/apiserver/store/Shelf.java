package dev.firedrill.harness.cluster.embedded.apiserver.store;

import dev.firedrill.harness.cluster.embedded.apiserver.selector.Selection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The objects of one resource by namespace and name, and its latest changes. Guarded by the store. */
final class Shelf {
    private final NavigableMap<String, NavigableMap<String, StoredObject>> namespaces = new TreeMap<>();
    private final Deque<Change> changes = new ArrayDeque<>();
    private final Set<Listener> listeners = new LinkedHashSet<>();
    private final int history;
    private long forgotten;
    private long lastChange;

    Shelf(int history) {
        this.history = history;
    }

    /** Hears of each change, in order. */
    interface Listener {
        void changed(Change change);
    }

    @Nullable
    StoredObject get(String namespace, String name) {
        NavigableMap<String, StoredObject> objects = namespaces.get(namespace);
        return objects == null ? null : objects.get(name);
    }

    int size() {
        return namespaces.values().stream().mapToInt(NavigableMap::size).sum();
    }

    long lastChange() {
        return lastChange;
    }

    List<StoredObject> list(String namespace, Selection selection) {
        List<StoredObject> found = new ArrayList<>();
        @Nullable String name = selection.fields().name();
        for (NavigableMap<String, StoredObject> objects : in(namespace)) {
            if (name == null) {
                objects.values().stream()
                        .filter(object -> object.matches(selection))
                        .forEach(found::add);
            } else {
                StoredObject object = objects.get(name);
                if (object != null && object.matches(selection)) {
                    found.add(object);
                }
            }
        }
        return found;
    }

    private Collection<NavigableMap<String, StoredObject>> in(String namespace) {
        if (namespace.isEmpty()) {
            return namespaces.values();
        }
        NavigableMap<String, StoredObject> objects = namespaces.get(namespace);
        return objects == null ? List.of() : List.of(objects);
    }

    void record(Change change) {
        StoredObject object = change.object();
        if (change.type() == Change.Type.DELETED) {
            NavigableMap<String, StoredObject> objects = namespaces.get(object.namespace());
            if (objects != null) {
                objects.remove(object.name());
                if (objects.isEmpty()) {
                    namespaces.remove(object.namespace());
                }
            }
        } else {
            namespaces
                    .computeIfAbsent(object.namespace(), any -> new TreeMap<>())
                    .put(object.name(), object);
        }
        lastChange = change.revision();
        changes.addLast(change);
        if (changes.size() > history) {
            forgotten = changes.removeFirst().revision();
        }
        listeners.forEach(listener -> listener.changed(change));
    }

    /**
     * @throws RevisionExpiredException if a change after the revision is forgotten
     */
    List<Change> changesAfter(long revision) {
        if (revision < forgotten) {
            throw new RevisionExpiredException(revision, forgotten + 1);
        }
        return changes.stream().filter(change -> change.revision() > revision).toList();
    }

    void listen(Listener listener) {
        listeners.add(listener);
    }

    void forget(Listener listener) {
        listeners.remove(listener);
    }
}
