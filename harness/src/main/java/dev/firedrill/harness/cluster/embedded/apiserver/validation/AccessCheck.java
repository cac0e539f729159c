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
    private static final String GROUP = "rbac.authorization.k8s.io";

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

    /** @param namespaced whether it is a binding of one namespace */
    void binding(JsonNode binding, boolean namespaced) {
        JsonNode role = binding.path("roleRef");
        Checks.oneOf(findings, "roleRef.apiGroup", Json.textAt(role, "apiGroup"), GROUP);
        List<String> kinds = namespaced ? List.of("Role", "ClusterRole") : List.of("ClusterRole");
        if (!kinds.contains(Json.textAt(role, "kind"))) {
            findings.unsupported("roleRef.kind", Json.textAt(role, "kind"), kinds);
        }
        Checks.required(findings, "roleRef.name", Json.textAt(role, "name"));
        Syntax.pathSegment(findings, "roleRef.name", Json.textAt(role, "name"));
        JsonNode subjects = binding.path("subjects");
        for (int i = 0; i < subjects.size(); i++) {
            subject("subjects[" + i + "]", subjects.get(i), namespaced);
        }
    }

    private void subject(String path, JsonNode subject, boolean namespaced) {
        String name = Json.textAt(subject, "name");
        Checks.required(findings, path + ".name", name);
        String kind = Json.textAt(subject, "kind");
        switch (kind) {
            case "ServiceAccount" -> {
                if (!name.isEmpty()) {
                    Syntax.dnsName(findings, path + ".name", name);
                }
                group(path, subject, "");
                if (!namespaced) {
                    Checks.required(findings, path + ".namespace", Json.textAt(subject, "namespace"));
                }
            }
            case "User", "Group" -> group(path, subject, GROUP);
            default -> findings.unsupported(path + ".kind", kind, List.of("ServiceAccount", "User", "Group"));
        }
    }

    private void group(String path, JsonNode subject, String expected) {
        String group = Json.textAt(subject, "apiGroup");
        if (!group.equals(expected)) {
            findings.unsupported(path + ".apiGroup", group, List.of(expected));
        }
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
