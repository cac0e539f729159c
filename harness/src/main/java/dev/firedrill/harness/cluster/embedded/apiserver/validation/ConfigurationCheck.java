package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** ConfigMaps, the data of Secrets, and a few smaller kinds. */
final class ConfigurationCheck {
    private static final int MOST_DATA = 1024 * 1024;

    private final Findings findings;

    ConfigurationCheck(Findings findings) {
        this.findings = findings;
    }

    /**
     * @param encoded the fields whose values are base64, of which what they stand for is measured
     */
    void data(JsonNode object, Set<String> encoded) {
        long size = 0;
        for (String field : List.of("data", "binaryData")) {
            Syntax.dataKeys(findings, field, object.path(field));
            for (Map.Entry<String, JsonNode> entry : object.path(field).properties()) {
                String value = entry.getValue().asString("");
                size += encoded.contains(field) ? decodedLength(value) : Syntax.bytes(value);
                if (field.equals("data") && object.path("binaryData").has(entry.getKey())) {
                    findings.invalid(
                            "data[" + entry.getKey() + "]",
                            Json.string(entry.getKey()),
                            "duplicate of key present in binaryData");
                }
            }
        }
        if (size > MOST_DATA) {
            findings.tooLong("", MOST_DATA);
        }
    }

    private static long decodedLength(String base64) {
        int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
        return base64.length() / 4L * 3 - padding;
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

    void budget(JsonNode spec) {
        if (spec.has("minAvailable") && spec.has("maxUnavailable")) {
            ObjectNode shown = Json.object();
            for (String field : List.of("minAvailable", "selector", "maxUnavailable", "unhealthyPodEvictionPolicy")) {
                shown.set(field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1), spec.get(field));
            }
            findings.invalid("spec", shown, "minAvailable and maxUnavailable cannot be both set");
        }
        for (String field : List.of("minAvailable", "maxUnavailable")) {
            Checks.share(findings, "spec." + field, spec.get(field));
            Checks.atMostAll(findings, "spec." + field, spec.get(field));
        }
    }

    void revision(JsonNode revision) {
        JsonNode data = revision.get("data");
        if (data == null || data.isNull()) {
            findings.required("data", "data is mandatory");
        } else if (!data.isObject()) {
            findings.required("data", "data must be a valid JSON object");
        }
    }

    void lease(JsonNode spec) {
        if (Json.longAt(spec, 1, "leaseDurationSeconds") <= 0) {
            findings.invalid("spec.leaseDurationSeconds", spec.get("leaseDurationSeconds"), "must be greater than 0");
        }
        Checks.notNegative(findings, "spec.leaseTransitions", spec.get("leaseTransitions"));
    }
}
