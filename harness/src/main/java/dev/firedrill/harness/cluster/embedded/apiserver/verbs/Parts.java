package dev.firedrill.harness.cluster.embedded.apiserver.verbs;

import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps a change to the part of the object that it may change. */
final class Parts {
    private static final List<String> IDENTITY = List.of(
            "name",
            "namespace",
            "uid",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generation",
            "resourceVersion",
            "generateName");

    /**
     * The only part of the metadata that a change of the status leaves alone.
     *
     * <p>Source: k8s.io/kubernetes, the status strategies in {@code pkg/registry}.
     */
    private static final Map<String, String> KEPT_BY_STATUS =
            Map.of("deployments.apps", "labels", "pods", "ownerReferences");

    private Parts() {}

    /** Restores what only the server decides. */
    static void keepIdentity(ObjectNode before, ObjectNode after) {
        copy("apiVersion", before, after);
        copy("kind", before, after);
        ObjectNode metadata = after.withObjectProperty("metadata");
        metadata.remove("selfLink");
        JsonNode old = before.path("metadata");
        for (String field : IDENTITY) {
            copy(field, old, metadata);
        }
    }

    /** Writes the record of managed fields of one into another. */
    static void takeRecord(ObjectNode from, ObjectNode to) {
        copy("managedFields", from.path("metadata"), to.withObjectProperty("metadata"));
    }

    /** Whether nothing is changed, where the absence of a record of managed fields is none. */
    static boolean same(ObjectNode before, ObjectNode after) {
        JsonNode record = before.path("metadata").get("managedFields");
        if (record != null && !after.path("metadata").has("managedFields")) {
            after.withObjectProperty("metadata").set("managedFields", record.deepCopy());
        }
        return before.equals(after);
    }

    /** Restores what is outside of the scope. */
    static void restrict(ResourceKind kind, Scope scope, ObjectNode before, ObjectNode after) {
        if (scope == Scope.OBJECT && kind.status()) {
            copy("status", before, after);
        }
        if (scope == Scope.OBJECT && kind.storage().equals("namespaces")) {
            copy("spec", before, after);
        }
        if (scope.ofStatus()) {
            List<String> others = after.propertyNames().stream()
                    .filter(name -> !name.equals("status") && !name.equals("metadata"))
                    .toList();
            others.forEach(name -> copy(name, before, after));
            before.propertyNames().stream()
                    .filter(name -> !name.equals("status") && !after.has(name))
                    .toList()
                    .forEach(name -> copy(name, before, after));
            String kept = KEPT_BY_STATUS.getOrDefault(kind.storage(), "");
            if (!kept.isEmpty()) {
                copy(kept, before.path("metadata"), after.withObjectProperty("metadata"));
            }
        }
    }

    private static void copy(String field, JsonNode from, ObjectNode to) {
        JsonNode value = from.get(field);
        if (value == null) {
            to.remove(field);
        } else {
            to.set(field, value.deepCopy());
        }
    }
}
