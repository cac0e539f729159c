package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Questions whether somebody may do something: to a resource, or at a path.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/authorization/validation} (reasons and wording).
 */
final class ReviewCheck {
    private static final String RESOURCE = "resourceAttributes";
    private static final String PATH = "nonResourceAttributes";

    private final Findings findings;
    private final JsonNode spec;

    ReviewCheck(Findings findings, JsonNode spec) {
        this.findings = findings;
        this.spec = spec;
    }

    void check(ResourceKind kind, String namespace) {
        if (spec.has(RESOURCE) && spec.has(PATH)) {
            findings.invalid("spec." + PATH, path(), "cannot be specified in combination with resourceAttributes");
        }
        if (!spec.has(RESOURCE) && !spec.has(PATH)) {
            findings.invalid(
                    "spec." + RESOURCE,
                    null,
                    "exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }
        boolean ofOneself = kind.kind().startsWith("Self");
        if (!ofOneself
                && Json.textAt(spec, "user").isEmpty()
                && spec.path("groups").isEmpty()) {
            findings.invalid("spec.user", Json.string(""), "at least one of user or group must be specified");
        }
        if (kind.namespaced()) {
            within(namespace);
        }
    }

    private void within(String namespace) {
        String asked = Json.textAt(spec, RESOURCE, "namespace");
        if (spec.has(RESOURCE) && !asked.equals(namespace)) {
            findings.invalid("spec." + RESOURCE + ".namespace", Json.string(asked), "must match metadata.namespace");
        }
        if (spec.has(PATH)) {
            findings.invalid("spec." + PATH, path(), "disallowed on this kind of request");
        }
    }

    /** As messages show it: with the names that its fields have in Go. */
    private ObjectNode path() {
        return Json.object().put("Path", Json.textAt(spec, PATH, "path")).put("Verb", Json.textAt(spec, PATH, "verb"));
    }
}
