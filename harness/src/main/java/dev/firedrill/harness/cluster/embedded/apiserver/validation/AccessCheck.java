package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Roles, and who has them.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/rbac/validation} (reasons and wording).
 */
final class AccessCheck {
    private final Findings findings;

    AccessCheck(Findings findings) {
        this.findings = findings;
    }

    /** @param namespaced whether it is a role of one namespace */
    void role(JsonNode role, boolean namespaced) {
        JsonNode rules = role.path("rules");
        for (int i = 0; i < rules.size(); i++) {
            rule("rules[" + i + "]", rules.get(i), namespaced);
        }
    }

    private void rule(String path, JsonNode rule, boolean namespaced) {
        if (rule.path("verbs").isEmpty()) {
            findings.required(path + ".verbs", "verbs must contain at least one value");
        }
        JsonNode urls = rule.path("nonResourceURLs");
        if (!urls.isEmpty()) {
            if (namespaced) {
                findings.invalid(path + ".nonResourceURLs", urls, "namespaced rules cannot apply to non-resource URLs");
            }
            if (List.of("apiGroups", "resources", "resourceNames").stream()
                    .anyMatch(field -> !rule.path(field).isEmpty())) {
                findings.invalid(
                        path + ".nonResourceURLs",
                        urls,
                        "rules cannot apply to both regular resources and non-resource URLs");
            }
            return;
        }
        if (rule.path("apiGroups").isEmpty()) {
            findings.required(path + ".apiGroups", "resource rules must supply at least one api group");
        }
        if (rule.path("resources").isEmpty()) {
            findings.required(path + ".resources", "resource rules must supply at least one resource");
        }
    }

    void binding(JsonNode binding) {
        Checks.oneOf(findings, "roleRef.kind", Json.textAt(binding, "roleRef", "kind"), "Role", "ClusterRole");
        Checks.required(findings, "roleRef.name", Json.textAt(binding, "roleRef", "name"));
    }

    void bindingUpdate(JsonNode before, JsonNode after) {
        JsonNode role = after.path("roleRef");
        if (!before.path("roleRef").equals(role)) {
            JsonNode shown = Json.object()
                    .put("APIGroup", Json.textAt(role, "apiGroup"))
                    .put("Kind", Json.textAt(role, "kind"))
                    .put("Name", Json.textAt(role, "name"));
            findings.invalid("roleRef", shown, "cannot change roleRef");
        }
    }
}
