package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * All objects of a kind as an informer last saw them, ahead of it by what the controllers wrote themselves: whoever has
 * just created an object finds it here, and whoever has just deleted one is told so, before the watch says it.
 */
final class Cache<T extends HasMetadata> implements ResourceEventHandler<T> {
    /** Told of every change that the informer sees; must not block. */
    @FunctionalInterface
    interface Listener<T> {
        /**
         * Called for each change, in their order.
         *
         * @param before empty for a new object
         * @param after empty for one that is gone
         */
        void changed(Optional<T> before, Optional<T> after);
    }

    private static final int REMEMBERED = 2_000;

    private final Map<String, Map<String, T>> byNamespace = new ConcurrentHashMap<>();
    private final List<Listener<T>> listeners = new CopyOnWriteArrayList<>();
    private final Set<String> gone = remembering();
    private final Set<String> dismissed = remembering();

    private static Set<String> remembering() {
        return Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > REMEMBERED;
            }
        }));
    }

    void listen(Listener<T> listener) {
        listeners.add(listener);
    }

    Optional<T> get(ObjectKey key) {
        return Optional.ofNullable(
                byNamespace.getOrDefault(key.namespace(), Map.of()).get(key.name()));
    }

    Collection<T> inNamespace(String namespace) {
        return Collections.unmodifiableCollection(
                byNamespace.getOrDefault(namespace, Map.of()).values());
    }

    List<T> all() {
        return byNamespace.values().stream().flatMap(m -> m.values().stream()).toList();
    }

    /** Takes in what a write returned, unless something newer is known. */
    synchronized T wrote(T object) {
        if (!gone.contains(object.getMetadata().getUid())) {
            keepNewer(object);
        }
        return object;
    }

    /** Remembers that this object's deletion was asked for. */
    void dismissed(T object) {
        dismissed.add(object.getMetadata().getUid());
    }

    /** Whether an object is on its way out, be it that only we know so far. */
    boolean leaving(T object) {
        return object.getMetadata().getDeletionTimestamp() != null
                || dismissed.contains(object.getMetadata().getUid());
    }

    @Override
    public void onAdd(T object) {
        keepNewer(object);
        tell(null, object);
    }

    @Override
    public void onUpdate(T before, T after) {
        keepNewer(after);
        tell(before, after);
    }

    @Override
    public void onDelete(T object, boolean finalStateUnknown) {
        synchronized (this) {
            ObjectKey key = ObjectKey.of(object);
            String uid = object.getMetadata().getUid();
            gone.add(uid);
            Map<String, T> there = byNamespace.getOrDefault(key.namespace(), Map.of());
            T known = there.get(key.name());
            if (known != null && known.getMetadata().getUid().equals(uid)) {
                there.remove(key.name());
            }
        }
        tell(object, null);
    }

    private synchronized void keepNewer(T object) {
        ObjectKey key = ObjectKey.of(object);
        Map<String, T> there = byNamespace.computeIfAbsent(key.namespace(), n -> new ConcurrentHashMap<>());
        T known = there.get(key.name());
        if (known == null || version(object) >= version(known)) {
            there.put(key.name(), object);
        }
    }

    private static long version(HasMetadata object) {
        return Long.parseLong(object.getMetadata().getResourceVersion());
    }

    private void tell(@Nullable T before, @Nullable T after) {
        listeners.forEach(l -> l.changed(Optional.ofNullable(before), Optional.ofNullable(after)));
    }
}
