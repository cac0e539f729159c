package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * Which taints of a node a pod puts up with.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/core/validation}.
 */
final class TolerationCheck {
    private TolerationCheck() {}

    static void check(JsonNode tolerations, String path, Findings findings) {
        for (int i = 0; i < tolerations.size(); i++) {
            one(tolerations.get(i), path + "[" + i + "]", findings);
        }
    }

    private static void one(JsonNode toleration, String path, Findings findings) {
        String key = Json.textAt(toleration, "key");
        String operator = Json.textAt(toleration, "operator");
        String value = Json.textAt(toleration, "value");
        String effect = Json.textAt(toleration, "effect");
        boolean exists = operator.equals("Exists");
        if (!key.isEmpty()) {
            Syntax.qualifiedName(findings, path + ".key", key);
        } else if (!exists) {
            findings.invalid(
                    path + ".operator",
                    Json.string(operator),
                    "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        }
        if (toleration.has("tolerationSeconds") && !effect.equals("NoExecute")) {
            findings.invalid(
                    path + ".effect",
                    Json.string(effect),
                    "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        Checks.oneOf(findings, path + ".operator", operator, "Equal", "Exists");
        if (exists && !value.isEmpty()) {
            findings.invalid(path + ".operator", Json.string(value), "value must be empty when `operator` is 'Exists'");
        } else {
            Syntax.labelValue(findings, path + ".operator", value);
        }
        Checks.oneOf(findings, path + ".effect", effect, "NoSchedule", "PreferNoSchedule", "NoExecute");
    }
}
