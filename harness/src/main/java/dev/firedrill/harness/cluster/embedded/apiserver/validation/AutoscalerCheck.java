package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * HorizontalPodAutoscalers: how many replicas of what, and how fast.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/autoscaling/validation} (reasons and wording).
 */
final class AutoscalerCheck {
    private static final String MOST = "spec.maxReplicas";
    private static final String TARGET = "spec.scaleTargetRef";

    private final Findings findings;

    AutoscalerCheck(Findings findings) {
        this.findings = findings;
    }

    void check(JsonNode spec) {
        long least = Json.longAt(spec, 1, "minReplicas");
        long most = Json.longAt(spec, 0, "maxReplicas");
        if (least < 1) {
            findings.invalid("spec.minReplicas", Json.number(least), "must be greater than or equal to 1");
        }
        if (most < 1) {
            findings.invalid(MOST, Json.number(most), "must be greater than 0");
        }
        if (most < least) {
            findings.invalid(MOST, Json.number(most), "must be greater than or equal to `minReplicas`");
        }
        target(spec.path("scaleTargetRef"));
        if (least == 0 && !scalesFromNothing(spec.path("metrics"))) {
            findings.forbidden(
                    "spec.metrics",
                    "must specify at least one Object or External metric to support scaling to zero replicas");
        }
        for (String direction : List.of("scaleUp", "scaleDown")) {
            JsonNode rules = spec.path("behavior").path(direction);
            if (rules.isObject()) {
                behaviour(rules, "spec.behavior." + direction);
            }
        }
    }

    private void target(JsonNode target) {
        for (String field : List.of("kind", "name")) {
            String value = Json.textAt(target, field);
            Checks.required(findings, TARGET + "." + field, value);
            Syntax.pathSegment(findings, TARGET + "." + field, value);
        }
        String version = Json.textAt(target, "apiVersion");
        boolean ofCoreGroup = Json.textAt(target, "kind").equals("ReplicationController");
        if (!version.contains("/") && !ofCoreGroup) {
            findings.invalid(TARGET + ".apiVersion", Json.string(version), "apiVersion must specify API group");
        }
    }

    private static boolean scalesFromNothing(JsonNode metrics) {
        return metrics.valueStream()
                .map(metric -> Json.textAt(metric, "type"))
                .anyMatch(type -> type.equals("Object") || type.equals("External"));
    }

    private void behaviour(JsonNode rules, String path) {
        JsonNode window = rules.path("stabilizationWindowSeconds");
        if (window.isNumber() && window.longValue() < 0) {
            findings.invalid(path + ".stabilizationWindowSeconds", window, "must be greater than or equal to zero");
        }
        if (rules.path("policies").isEmpty()) {
            findings.required(path + ".policies", "must specify at least one Policy");
        }
    }
}
