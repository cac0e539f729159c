package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.ObjectStore;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What happens to an object between its author and the store: it is filled in, and gets what only the server gives. */
public final class Admission {
    private static final ResourceKind NAMESPACES = KindTable.of("", "namespaces");

    private final ObjectStore store;
    private final ServiceAddresses addresses;
    private final PodAdmission pods;

    /**
     * @param servicePrefix the first two bytes of Services' addresses
     */
    public Admission(ObjectStore store, String servicePrefix) {
        this.store = store;
        this.addresses = new ServiceAddresses(servicePrefix);
        this.pods = new PodAdmission(store);
    }

    /**
     * Refuses a new object whose namespace is absent or going away.
     *
     * @throws StatusException 404 or 403
     */
    public void checkNamespace(ResourceKind kind, String namespace, String name) {
        if (!kind.namespaced()) {
            return;
        }
        Optional<StoredObject> found = store.get(NAMESPACES, "", namespace);
        if (found.isEmpty()) {
            throw StatusException.notFound(NAMESPACES, namespace);
        }
        if (!Json.textAt(found.get().tree(), "metadata", "deletionTimestamp").isEmpty()) {
            throw terminating(kind, namespace, name);
        }
    }

    private static StatusException terminating(ResourceKind kind, String namespace, String name) {
        ObjectNode details = StatusException.details(kind, name, kind.plural());
        details.putArray("causes")
                .addObject()
                .put("reason", "NamespaceTerminating")
                .put("message", "namespace " + namespace + " is being terminated")
                .put("field", "metadata.namespace");
        String message =
                "%s \"%s\" is forbidden: unable to create new content in namespace %s because it is being terminated"
                        .formatted(kind.qualified(), name, namespace);
        return new StatusException(403, "Forbidden", message, details);
    }

    /** Completes a new object, in place. Where it is not stored after all, {@link #released} takes it back. */
    public void created(ResourceKind kind, ObjectNode object) {
        switch (kind.storage()) {
            case "services" -> {
                addresses.allocate(kind, object);
                Fill.object(Fill.object(object, "status"), "loadBalancer");
            }
            case "pods" -> pods.admit(object);
            case "namespaces" -> {
                object.set("spec", Json.object().set("finalizers", Json.array().add("kubernetes")));
                Fill.object(object, "status").put("phase", "Active");
            }
            case "jobs.batch" -> JobSelector.generate(object);
            default -> {}
        }
    }

    /**
     * Completes an updated object, in place.
     *
     * @return what was taken for it, to be kept when it is stored and closed in any case
     */
    public Claim updated(ResourceKind kind, ObjectNode before, ObjectNode after) {
        return kind.storage().equals("services") ? addresses.reallocate(kind, before, after) : Claim.nothing();
    }

    /** Takes back what only the server gives, after the object is gone. */
    public void released(ResourceKind kind, ObjectNode object) {
        if (kind.storage().equals("services")) {
            addresses.free(object);
        }
    }
}
