package dev.firedrill.harness.cluster.embedded.apiserver.verbs;

import dev.firedrill.harness.cluster.embedded.apiserver.admission.Moments;
import dev.firedrill.harness.cluster.embedded.apiserver.apply.ServerSideApply;
import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import tools.jackson.databind.node.ObjectNode;

/** Server-side apply: makes an object, or merges what somebody wants into it. */
public final class Applies {
    private final Writes writes;

    public Applies(Writes writes) {
        this.writes = writes;
    }

    /**
     * What became of it.
     *
     * @param created there was no such object
     */
    public record Applied(StoredObject object, boolean created) {}

    /**
     * Applies what the caller wants.
     *
     * @param wanted cleaned of what its kind does not know
     * @throws StatusException 400 if it brings a record of managed fields, 404 for the status of no object, 409 for
     *     conflicts and for an identity where there is no object
     */
    public Applied apply(
            ResourceKind kind,
            String namespace,
            String name,
            Scope scope,
            ObjectNode wanted,
            boolean force,
            Caller caller) {
        if (!Json.arrayAt(wanted, "metadata", "managedFields").isEmpty()) {
            throw StatusException.badRequest("metadata.managedFields must be nil");
        }
        if (scope == Scope.OBJECT && kind.status()) {
            wanted.remove("status");
        }
        String now = Moments.text(writes.clock().instant());
        ServerSideApply apply = new ServerSideApply(kind, caller.manager(), scope.subresource(), force, now);
        if (scope == Scope.OBJECT && writes.store().get(kind, namespace, name).isEmpty()) {
            String uid = Json.textAt(wanted, "metadata", "uid");
            if (!uid.isEmpty()) {
                throw StatusException.conflict(
                        kind,
                        name,
                        "uid mismatch: the provided object specified uid %s, and no existing object was found"
                                .formatted(uid));
            }
            ObjectNode fresh = apply.apply(Json.object(), wanted);
            fresh.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
            fresh.withObjectProperty("metadata").put("name", name).remove("resourceVersion");
            return new Applied(writes.create(kind, namespace, fresh, caller), true);
        }
        return new Applied(writes.update(kind, namespace, name, scope, change(apply, wanted), caller), false);
    }

    private static Writes.Change change(ServerSideApply apply, ObjectNode wanted) {
        return new Writes.Change() {
            @Override
            public ObjectNode apply(ObjectNode current) {
                ObjectNode merged = apply.apply(current, wanted);
                ObjectNode metadata = merged.withObjectProperty("metadata");
                String version = Json.textAt(wanted, "metadata", "resourceVersion");
                if (version.isEmpty()) {
                    metadata.remove("resourceVersion");
                } else {
                    metadata.put("resourceVersion", version);
                }
                return merged;
            }

            @Override
            public boolean recordsItself() {
                return true;
            }
        };
    }
}
