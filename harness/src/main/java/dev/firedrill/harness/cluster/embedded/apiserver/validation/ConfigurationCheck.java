package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

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
                if (object.path(field.equals("data") ? "binaryData" : "data").has(entry.getKey())) {
                    findings.invalid(
                            field + "[" + entry.getKey() + "]",
                            Json.string(entry.getKey()),
                            "duplicate of key present in " + (field.equals("data") ? "binaryData" : "data"));
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
            findings.invalid("spec", spec, "minAvailable and maxUnavailable cannot be both set");
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

    void claim(JsonNode spec) {
        if (spec.path("accessModes").isEmpty()) {
            findings.required("spec.accessModes", "at least 1 access mode is required");
        }
        if (Json.textAt(spec, "resources", "requests", "storage").isEmpty()) {
            findings.required("spec.resources[storage]", "");
        }
    }

    void lease(JsonNode spec) {
        if (Json.longAt(spec, 1, "leaseDurationSeconds") <= 0) {
            findings.invalid("spec.leaseDurationSeconds", spec.get("leaseDurationSeconds"), "must be greater than 0");
        }
        Checks.notNegative(findings, "spec.leaseTransitions", spec.get("leaseTransitions"));
    }

    /** An event lies beside what it is about; those about objects without a namespace lie in {@code default}. */
    void event(JsonNode event) {
        String about = Json.textAt(event, "involvedObject", "namespace");
        String namespace = Json.textAt(event, "metadata", "namespace");
        if (!namespace.equals(about.isEmpty() ? "default" : about)) {
            findings.invalid("involvedObject.namespace", Json.string(about), "does not match event.namespace");
        }
    }

    void autoscaler(JsonNode spec) {
        if (Json.longAt(spec, 0, "maxReplicas") < 1) {
            findings.invalid("spec.maxReplicas", spec.path("maxReplicas"), "must be greater than 0");
        }
        Checks.required(findings, "spec.scaleTargetRef.name", Json.textAt(spec, "scaleTargetRef", "name"));
    }
}
