package dev.firedrill.harness.cluster.embedded.apiserver.verbs;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether a change is of the object, and of the version of it, that is there. */
final class Identity {
    private Identity() {}

    /**
     * Holds a change to what it says of the object that it is based on, if it says anything.
     *
     * @throws StatusException (409) if that is another one, or another version
     */
    static void check(ResourceKind kind, StoredObject current, ObjectNode after) {
        JsonNode metadata = after.path("metadata");
        String uid = Json.textAt(metadata, "uid");
        if (!uid.isEmpty() && !uid.equals(current.uid())) {
            throw StatusException.conflict(
                    kind,
                    current.name(),
                    "StorageError: invalid object, Code: 4, Key: %s, ResourceVersion: 0, AdditionalErrorMsg: %s"
                            .formatted(key(kind, current), another(uid, current.uid())));
        }
        String version = Json.textAt(metadata, "resourceVersion");
        if (!isBlind(version) && !version.equals(Long.toString(current.revision()))) {
            throw StatusException.stale(kind, current.name());
        }
    }

    /** Whether a resource version says nothing. */
    static boolean isBlind(String version) {
        return version.isEmpty() || version.equals("0");
    }

    /** Where a real API server keeps an object, as its messages have it. */
    private static String key(ResourceKind kind, StoredObject object) {
        String collection =
                switch (kind.plural()) {
                    case "services" -> "services/specs";
                    case "endpoints" -> "services/endpoints";
                    case "nodes" -> "minions";
                    case "ingresses" -> "ingress";
                    default -> kind.plural();
                };
        String namespace = object.namespace().isEmpty() ? "" : object.namespace() + "/";
        return "/registry/" + collection + "/" + namespace + object.name();
    }

    /** How it is said that an object of that identity was meant, and another found. */
    static String another(String meant, String found) {
        return "Precondition failed: UID in precondition: %s, UID in object meta: %s".formatted(meant, found);
    }
}
