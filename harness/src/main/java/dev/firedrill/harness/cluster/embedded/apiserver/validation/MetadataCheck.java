package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Names, labels, annotations, owners and finalizers. */
final class MetadataCheck {
    private static final int MOST_ANNOTATIONS = 256 * 1024;
    private static final Set<String> LABELS_AS_NAMES = Set.of("namespaces");
    private static final Set<String> PATHS_AS_NAMES = Set.of(
            "roles.rbac.authorization.k8s.io",
            "clusterroles.rbac.authorization.k8s.io",
            "rolebindings.rbac.authorization.k8s.io",
            "clusterrolebindings.rbac.authorization.k8s.io",
            "events");

    private MetadataCheck() {}

    static void check(ResourceKind kind, JsonNode metadata, Findings findings) {
        name(kind, Json.textAt(metadata, "name"), findings);
        Syntax.labels(findings, "metadata.labels", metadata.path("labels"));
        annotations(metadata.path("annotations"), findings);
        JsonNode owners = metadata.path("ownerReferences");
        for (int i = 0; i < owners.size(); i++) {
            String path = "metadata.ownerReferences[" + i + "].";
            for (String field : new String[] {"apiVersion", "kind", "name", "uid"}) {
                if (Json.textAt(owners.get(i), field).isEmpty()) {
                    findings.invalid(path + field, Json.string(""), field + " must not be empty");
                }
            }
        }
        for (JsonNode finalizer : metadata.path("finalizers")) {
            Syntax.qualifiedName(findings, "metadata.finalizers", finalizer.asString(""));
        }
    }

    private static void name(ResourceKind kind, String name, Findings findings) {
        String field = "metadata.name";
        if (name.isEmpty()) {
            findings.required(field, "name or generateName is required");
        } else if (kind.storage().equals("services")) {
            Syntax.dns1035(findings, field, name);
        } else if (LABELS_AS_NAMES.contains(kind.storage())) {
            Syntax.dnsLabel(findings, field, name);
        } else if (PATHS_AS_NAMES.contains(kind.storage())) {
            Syntax.pathSegment(findings, field, name);
        } else {
            Syntax.dnsName(findings, field, name);
        }
    }

    private static void annotations(JsonNode annotations, Findings findings) {
        int size = 0;
        for (Map.Entry<String, JsonNode> annotation : annotations.properties()) {
            Syntax.annotationKey(findings, "metadata.annotations", annotation.getKey());
            size += annotation.getKey().length()
                    + annotation.getValue().asString("").getBytes(StandardCharsets.UTF_8).length;
        }
        if (size > MOST_ANNOTATIONS) {
            findings.tooLong("metadata.annotations", MOST_ANNOTATIONS);
        }
    }

    /** While an object is being deleted nobody may add a finalizer. */
    static void update(JsonNode before, JsonNode after, Findings findings) {
        if (Json.textAt(before, "deletionTimestamp").isEmpty()) {
            return;
        }
        Set<String> known = new HashSet<>();
        before.path("finalizers").forEach(finalizer -> known.add(finalizer.asString()));
        for (JsonNode finalizer : after.path("finalizers")) {
            if (!known.contains(finalizer.asString())) {
                findings.forbidden(
                        "metadata.finalizers",
                        "no new finalizers can be added if the object is being deleted, "
                                + "found new finalizers []string{\""
                                + finalizer.asString() + "\"}");
            }
        }
    }
}
