package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.json.JsonReader;
import dev.firedrill.harness.cluster.embedded.apiserver.json.MalformedJsonException;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a Secret of each type must hold.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/core/validation}; Kubernetes, "Secrets", "Types of Secret".
 */
final class SecretCheck {
    private static final String ACCOUNT = "kubernetes.io/service-account.name";

    private final Findings findings;
    private final JsonNode secret;

    SecretCheck(Findings findings, JsonNode secret) {
        this.findings = findings;
        this.secret = secret;
    }

    void check() {
        switch (Json.textAt(secret, "type")) {
            case "kubernetes.io/tls" -> List.of("tls.crt", "tls.key").forEach(this::present);
            case "kubernetes.io/dockercfg" -> json(".dockercfg");
            case "kubernetes.io/dockerconfigjson" -> json(".dockerconfigjson");
            case "kubernetes.io/ssh-auth" -> {
                if (Json.textAt(secret, "data", "ssh-privatekey").isEmpty()) {
                    findings.required("data[ssh-privatekey]", "");
                }
            }
            case "kubernetes.io/basic-auth" -> {
                JsonNode data = secret.path("data");
                if (!data.has("username") && !data.has("password")) {
                    List.of("username", "password").forEach(this::present);
                }
            }
            case "kubernetes.io/service-account-token" -> {
                if (Json.textAt(secret, "metadata", "annotations", ACCOUNT).isEmpty()) {
                    findings.required("metadata.annotations[" + ACCOUNT + "]", "");
                }
            }
            default -> {}
        }
    }

    private void present(String key) {
        if (!secret.path("data").has(key)) {
            findings.required("data[" + key + "]", "");
        }
    }

    private void json(String key) {
        present(key);
        JsonNode value = secret.path("data").get(key);
        if (value == null) {
            return;
        }
        try {
            JsonReader.read(Base64.getDecoder().decode(value.asString("")));
        } catch (MalformedJsonException malformed) {
            findings.invalid(
                    "data[" + key + "]",
                    Json.string("<secret contents redacted>"),
                    String.valueOf(malformed.getMessage()));
        }
    }
}
