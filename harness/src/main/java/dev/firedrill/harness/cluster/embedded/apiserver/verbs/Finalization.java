package dev.firedrill.harness.cluster.embedded.apiserver.verbs;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import tools.jackson.databind.JsonNode;

/** Says when an object that is being deleted can go. */
final class Finalization {
    private Finalization() {}

    static boolean isDeleted(JsonNode object) {
        return !Json.textAt(object, "metadata", "deletionTimestamp").isEmpty();
    }

    /** It is being deleted, and nobody has to do anything more before it goes. */
    static boolean isComplete(ResourceKind kind, JsonNode object) {
        if (!isDeleted(object)
                || !Json.arrayAt(object, "metadata", "finalizers").isEmpty()) {
            return false;
        }
        return switch (kind.storage()) {
            case "namespaces" -> Json.arrayAt(object, "spec", "finalizers").isEmpty();
            case "pods" -> Json.longAt(object, 0, "metadata", "deletionGracePeriodSeconds") == 0;
            default -> true;
        };
    }
}
