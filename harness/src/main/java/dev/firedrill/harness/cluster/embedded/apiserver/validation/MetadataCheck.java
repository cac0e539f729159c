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
    private static final Set<String> LABELS_AS_NAMES = Set.of("namespaces", "statefulsets.apps");
    private static final Set<String> PATHS_AS_NAMES = Set.of(
            "roles.rbac.authorization.k8s.io",
            "clusterroles.rbac.authorization.k8s.io",
            "rolebindings.rbac.authorization.k8s.io",
            "clusterrolebindings.rbac.authorization.k8s.io",
            "events");
    private static final String OWNERS = "metadata.ownerReferences";
    private static final String FINALIZERS = "metadata.finalizers";
    private static final String ORPHAN = "orphan";
    private static final String FOREGROUND = "foregroundDeletion";
    private static final Set<String> STANDARD_FINALIZERS = Set.of("kubernetes", ORPHAN, FOREGROUND);

    private MetadataCheck() {}

    static void check(ResourceKind kind, JsonNode metadata, Findings findings) {
        name(kind, Json.textAt(metadata, "name"), findings);
        Syntax.labels(findings, "metadata.labels", metadata.path("labels"));
        annotations(metadata.path("annotations"), findings);
        owners(metadata.path("ownerReferences"), findings);
        finalizers(metadata.path("finalizers"), findings);
    }

    private static void owners(JsonNode owners, Findings findings) {
        String controller = "";
        for (JsonNode owner : owners) {
            for (String field : new String[] {"apiVersion", "kind", "name", "uid"}) {
                if (Json.textAt(owner, field).isEmpty()) {
                    String what = field.equals("apiVersion") ? "version " : "";
                    findings.invalid(OWNERS + "." + field, Json.string(""), what + "must not be empty");
                }
            }
            if (owner.path("controller").asBoolean(false)) {
                String name = Json.textAt(owner, "name");
                if (!controller.isEmpty()) {
                    findings.invalid(
                            OWNERS,
                            owners,
                            "Only one reference can have Controller set to true. Found \"true\" in references for "
                                    + controller + " and " + name);
                }
                controller = name;
            }
        }
    }

    private static void finalizers(JsonNode finalizers, Findings findings) {
        Set<String> known = new HashSet<>();
        for (JsonNode finalizer : finalizers) {
            Syntax.qualifiedName(findings, FINALIZERS, finalizer.asString(""));
            known.add(finalizer.asString(""));
        }
        if (known.contains(FOREGROUND) && known.contains(ORPHAN)) {
            findings.invalid(
                    FINALIZERS, finalizers, "finalizer " + ORPHAN + " and " + FOREGROUND + " cannot be both set");
        }
        for (int i = 0; i < finalizers.size(); i++) {
            String name = finalizers.get(i).asString("");
            if (name.indexOf('/') < 0 && !STANDARD_FINALIZERS.contains(name)) {
                findings.invalid(
                        FINALIZERS + "[" + i + "]",
                        finalizers.get(i),
                        "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
    }

    private static void name(ResourceKind kind, String name, Findings findings) {
        String field = "metadata.name";
        if (name.isEmpty()) {
            findings.required(field, "name or generateName is required");
        } else if (kind.storage().equals("services")) {
            Syntax.dns1035(findings, field, name);
        } else if (kind.storage().equals("ipaddresses.networking.k8s.io")) {
            Syntax.address(findings, field, name);
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
                        FINALIZERS,
                        "no new finalizers can be added if the object is being deleted, "
                                + "found new finalizers []string{\""
                                + finalizer.asString() + "\"}");
            }
        }
    }
}
