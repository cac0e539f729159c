package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What has become of a request for a certificate: it is approved or denied through {@code approval} alone, once, and
 * not both.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/certificates/validation} (reasons and wording).
 */
final class CertificateStatusCheck {
    private static final String CONDITIONS = "status.conditions";
    private static final String CERTIFICATE = "status.certificate";
    private static final String APPROVED = "Approved";
    private static final String DENIED = "Denied";
    private static final List<String> FINAL = List.of(APPROVED, DENIED, "Failed");
    private static final List<String> DECISIONS = List.of(APPROVED, DENIED);

    private final Findings findings;

    CertificateStatusCheck(Findings findings) {
        this.findings = findings;
    }

    /** @param approval whether it is changed by whoever approves, not by whoever signs */
    void check(JsonNode before, JsonNode after, boolean approval) {
        certificate(Json.textAt(before, "certificate"), Json.textAt(after, "certificate"));
        conditions(after.path("conditions"));
        for (String type : FINAL) {
            if (count(after, type) < count(before, type)) {
                forbid("updates may not remove a condition of type \"%s\"", type);
            }
        }
        for (String type : DECISIONS) {
            if (!approval && count(after, type) > count(before, type)) {
                forbid("updates may not add a condition of type \"%s\"", type);
            }
        }
    }

    private void forbid(String why, String type) {
        findings.forbidden(CONDITIONS, why.formatted(type));
    }

    private static long count(JsonNode status, String type) {
        return status.path("conditions")
                .valueStream()
                .filter(condition -> Json.textAt(condition, "type").equals(type))
                .count();
    }

    private void conditions(JsonNode conditions) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < conditions.size(); i++) {
            String field = CONDITIONS + "[" + i + "].";
            JsonNode condition = conditions.get(i);
            String type = Json.textAt(condition, "type");
            Checks.required(findings, field + "type", type);
            status(field + "status", Json.textAt(condition, "status"), FINAL.contains(type));
            if (DECISIONS.contains(type) && seen.contains(type.equals(APPROVED) ? DENIED : APPROVED)) {
                findings.invalid(
                        CONDITIONS, Json.string(type), "Approved and Denied conditions are mutually exclusive");
            }
            if (!seen.add(type)) {
                findings.duplicate(field + "type", Json.string(type));
            }
        }
    }

    private void status(String field, String status, boolean settled) {
        List<String> allowed = settled ? List.of("True") : List.of("False", "True", "Unknown");
        if (status.isEmpty()) {
            findings.required(field, "");
        } else if (!allowed.contains(status)) {
            findings.unsupported(field, status, allowed);
        }
    }

    private void certificate(String before, String after) {
        if (after.equals(before)) {
            return;
        }
        if (!before.isEmpty()) {
            findings.forbidden(CERTIFICATE, "updates may not modify existing certificate content");
        } else if (!isCertificate(after)) {
            findings.invalid(
                    CERTIFICATE, Json.string("<certificate data>"), "must contain at least one CERTIFICATE PEM block");
        }
    }

    private static boolean isCertificate(String encoded) {
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.US_ASCII)
                .contains("-----BEGIN CERTIFICATE-----");
    }
}
