package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** ConfigMaps, Secrets, and a few smaller kinds. */
final class ConfigurationCheck {
    private static final int MOST_DATA = 1024 * 1024;

    private final Findings findings;

    ConfigurationCheck(Findings findings) {
        this.findings = findings;
    }

    void data(JsonNode object) {
        int size = 0;
        for (String field : List.of("data", "binaryData")) {
            Syntax.dataKeys(findings, field, object.path(field));
            for (Map.Entry<String, JsonNode> entry : object.path(field).properties()) {
                size += entry.getValue().asString("").length();
            }
        }
        if (size > MOST_DATA) {
            findings.tooLong("", MOST_DATA);
        }
    }

    void secret(JsonNode secret) {
        data(secret);
        for (Map.Entry<String, JsonNode> entry : secret.path("data").properties()) {
            try {
                Base64.getDecoder().decode(entry.getValue().asString(""));
            } catch (IllegalArgumentException malformed) {
                findings.invalid("data[" + entry.getKey() + "]", Json.string("<hidden>"), "illegal base64 data");
            }
        }
    }

    void dataUpdate(JsonNode before, JsonNode after) {
        if (!before.path("immutable").asBoolean(false)) {
            return;
        }
        for (String field : List.of("data", "binaryData", "immutable")) {
            if (!before.path(field).equals(after.path(field))) {
                findings.forbidden(field, "field is immutable when `immutable` is set");
            }
        }
    }

    void binding(JsonNode binding) {
        Checks.oneOf(findings, "roleRef.kind", Json.textAt(binding, "roleRef", "kind"), "Role", "ClusterRole");
        Checks.required(findings, "roleRef.name", Json.textAt(binding, "roleRef", "name"));
    }

    void bindingUpdate(JsonNode before, JsonNode after) {
        if (!before.path("roleRef").equals(after.path("roleRef"))) {
            findings.invalid("roleRef", after.path("roleRef"), "cannot change roleRef");
        }
    }

    void budget(JsonNode spec) {
        if (spec.has("minAvailable") && spec.has("maxUnavailable")) {
            findings.invalid("spec", spec, "minAvailable and maxUnavailable cannot be both set");
        }
    }

    void autoscaler(JsonNode spec) {
        if (Json.longAt(spec, 0, "maxReplicas") < 1) {
            findings.invalid("spec.maxReplicas", spec.path("maxReplicas"), "must be greater than 0");
        }
        Checks.required(findings, "spec.scaleTargetRef.name", Json.textAt(spec, "scaleTargetRef", "name"));
    }
}
