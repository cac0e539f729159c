package dev.firedrill.harness.cluster.embedded.apiserver.store;

/** What a watcher is told about one object. */
public record WatchEvent(Type type, StoredObject object) {
    /** As on the wire. */
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }
}
