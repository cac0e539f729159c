package dev.firedrill.harness.cluster.embedded.apiserver.store;

import java.util.List;

/**
 * Objects as they were together at one revision.
 *
 * @param objects by namespace and name
 */
public record Snapshot(List<StoredObject> objects, long revision) {
    public Snapshot {
        objects = List.copyOf(objects);
    }
}
