package dev.firedrill.harness.cluster.embedded.apiserver.verbs;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Replaces whole objects, and makes those that are not there, where their kind allows that. */
public final class Replacements {
    /** Kinds that nobody may replace without saying which version that is based on. */
    private static final Set<String> NEVER_BLINDLY =
            Set.of("leases.coordination.k8s.io", "poddisruptionbudgets.policy");

    /**
     * Kinds of which a replacement of what is not there makes it.
     *
     * <p>Source: k8s.io/kubernetes, {@code pkg/registry} ({@code AllowCreateOnUpdate}).
     */
    private static final Set<String> MADE_BY_REPLACEMENT = Set.of(
            "clusterrolebindings.rbac.authorization.k8s.io",
            "clusterroles.rbac.authorization.k8s.io",
            "endpoints",
            "events",
            "leases.coordination.k8s.io",
            "limitranges",
            "rolebindings.rbac.authorization.k8s.io",
            "roles.rbac.authorization.k8s.io",
            "services");

    private final Writes writes;

    public Replacements(Writes writes) {
        this.writes = writes;
    }

    /**
     * Replaces an object, or makes it, where its kind allows that.
     *
     * @param whole the object as it shall be; left as it is
     * @throws StatusException 404, 409 if it names a version or an identity that is not the current one, or 422
     */
    public Replaced replace(
            ResourceKind kind, String namespace, String name, Scope scope, ObjectNode whole, Caller caller) {
        boolean make = scope == Scope.OBJECT
                && MADE_BY_REPLACEMENT.contains(kind.storage())
                && writes.store().get(kind, namespace, name).isEmpty();
        if (!make) {
            return new Replaced(
                    writes.update(kind, namespace, name, scope, current -> based(kind, current, whole), caller), false);
        }
        String uid = Json.textAt(whole, "metadata", "uid");
        if (!uid.isEmpty()) {
            throw StatusException.conflict(kind, name, Identity.another(uid, ""));
        }
        ObjectNode fresh = whole.deepCopy();
        fresh.withObjectProperty("metadata").remove("resourceVersion");
        return new Replaced(writes.create(kind, namespace, fresh, caller), true);
    }

    /**
     * What became of a replacement.
     *
     * @param made whether there was nothing before
     */
    public record Replaced(StoredObject object, boolean made) {}

    /** The whole object, if it says which version it is based on, where its kind requires that. */
    private static ObjectNode based(ResourceKind kind, ObjectNode current, ObjectNode whole) {
        JsonNode metadata = whole.path("metadata");
        String uid = Json.textAt(metadata, "uid");
        boolean another = !uid.isEmpty() && !uid.equals(Json.textAt(current, "metadata", "uid"));
        if (!another
                && NEVER_BLINDLY.contains(kind.storage())
                && Identity.isBlind(Json.textAt(metadata, "resourceVersion"))) {
            throw StatusException.withoutVersion(kind, Json.textAt(metadata, "name"));
        }
        return whole.deepCopy();
    }
}
