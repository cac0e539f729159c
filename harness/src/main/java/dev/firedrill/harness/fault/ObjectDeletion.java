package dev.firedrill.harness.fault;

import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Deletes an object that somebody declared; taken back by making it again as it was. Its uid is another then.
 *
 * @param target the object; not a Secret, whose values must not be written into an undo
 * @param uid the object's identity, so that one that somebody else made meanwhile is never deleted in its place
 * @param before the object as it was, without status and bookkeeping
 */
public record ObjectDeletion(ObjectRef target, String uid, JsonNode before) implements Change {
    public ObjectDeletion {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(before, "before");
        if (target.isSecret()) {
            throw new IllegalArgumentException("a Secret's values must not be written into an undo: " + target);
        }
    }

    @Override
    public String describe() {
        return target + ": deleted";
    }

    @Override
    public <T> T fold(Cases<T> cases) {
        return cases.deletion().apply(this);
    }
}
