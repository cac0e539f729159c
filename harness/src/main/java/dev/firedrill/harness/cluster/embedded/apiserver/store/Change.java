package dev.firedrill.harness.cluster.embedded.apiserver.store;

import dev.firedrill.harness.cluster.embedded.apiserver.selector.Selection;
import org.jspecify.annotations.Nullable;

/**
 * One change of one object.
 *
 * @param object as it is now, or as it was last if it is deleted; its revision is the change's
 * @param previous as it was before; null if it is new
 */
record Change(Type type, StoredObject object, @Nullable StoredObject previous) {
    enum Type {
        CREATED,
        UPDATED,
        DELETED
    }

    long revision() {
        return object.revision();
    }

    /** What somebody sees who watches a selection in a namespace (all if empty), or null if nothing. */
    @Nullable
    WatchEvent seenThrough(String namespace, Selection selection) {
        if (!namespace.isEmpty() && !namespace.equals(object.namespace())) {
            return null;
        }
        boolean before = previous != null && previous.matches(selection);
        boolean now = type != Type.DELETED && object.matches(selection);
        if (now) {
            return new WatchEvent(before ? WatchEvent.Type.MODIFIED : WatchEvent.Type.ADDED, object);
        }
        if (!before || previous == null) {
            return null;
        }
        return new WatchEvent(
                WatchEvent.Type.DELETED, type == Type.DELETED ? object : previous.asOf(object.revision()));
    }
}
