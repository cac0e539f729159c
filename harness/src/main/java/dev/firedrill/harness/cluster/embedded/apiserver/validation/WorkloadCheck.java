package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.LabelSelector;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Deployments, ReplicaSets, StatefulSets, DaemonSets and Jobs. */
final class WorkloadCheck {
    private final Findings findings;

    WorkloadCheck(Findings findings) {
        this.findings = findings;
    }

    /** A workload whose pods always restart and are found by a selector. */
    void check(JsonNode spec, String kind) {
        Checks.notNegative(findings, "spec.replicas", spec.get("replicas"));
        Checks.notNegative(findings, "spec.minReadySeconds", spec.get("minReadySeconds"));
        Checks.notNegative(findings, "spec.revisionHistoryLimit", spec.get("revisionHistoryLimit"));
        selector(spec, kind);
        template(spec);
        String policy = Json.textAt(spec, "template", "spec", "restartPolicy");
        if (!policy.isEmpty() && !policy.equals("Always")) {
            findings.unsupported("spec.template.spec.restartPolicy", policy, List.of("Always"));
        }
    }

    private void selector(JsonNode spec, String kind) {
        JsonNode selector = spec.path("selector");
        if (selector.isMissingNode()) {
            findings.required("spec.selector", "");
            mismatch(spec);
            return;
        }
        if (selector.path("matchLabels").isEmpty()
                && selector.path("matchExpressions").isEmpty()) {
            findings.invalid(
                    "spec.selector", selector, "empty selector is invalid for " + kind.toLowerCase(Locale.ROOT));
            return;
        }
        Syntax.labels(findings, "spec.selector.matchLabels", selector.path("matchLabels"));
        JsonNode labels = spec.path("template").path("metadata").path("labels");
        Map<String, String> values = new HashMap<>();
        labels.properties()
                .forEach(label -> values.put(label.getKey(), label.getValue().asString("")));
        if (!LabelSelector.of(selector).matches(values)) {
            mismatch(spec);
        }
    }

    private void mismatch(JsonNode spec) {
        findings.invalid(
                "spec.template.metadata.labels",
                Json.at(spec, "template", "metadata", "labels"),
                "`selector` does not match template `labels`");
    }

    private void template(JsonNode spec) {
        Syntax.labels(
                findings,
                "spec.template.labels",
                spec.path("template").path("metadata").path("labels"));
        new PodSpecCheck(findings).check(spec.path("template").path("spec"), "spec.template.spec");
    }

    void strategy(JsonNode spec) {
        JsonNode strategy = spec.path("strategy");
        String type = Json.textAt(strategy, "type");
        Checks.oneOf(findings, "spec.strategy", type, "Recreate", "RollingUpdate");
        JsonNode rolling = strategy.path("rollingUpdate");
        if (type.equals("Recreate") && rolling.isObject()) {
            findings.forbidden(
                    "spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
        } else if (type.equals("RollingUpdate")) {
            rolling(rolling);
        }
    }

    private void rolling(JsonNode rolling) {
        String unavailable = "spec.strategy.rollingUpdate.maxUnavailable";
        Checks.share(findings, unavailable, rolling.get("maxUnavailable"));
        Checks.share(findings, "spec.strategy.rollingUpdate.maxSurge", rolling.get("maxSurge"));
        if (isZero(rolling, "maxUnavailable") && isZero(rolling, "maxSurge")) {
            findings.invalid(unavailable, rolling.get("maxUnavailable"), "may not be 0 when `maxSurge` is 0");
        }
        Checks.atMostAll(findings, unavailable, rolling.get("maxUnavailable"));
    }

    private static boolean isZero(JsonNode rolling, String field) {
        String value = Json.textAt(rolling, field);
        return value.equals("0") || value.equals("0%");
    }

    void job(JsonNode spec) {
        for (String count : List.of("parallelism", "completions", "backoffLimit", "ttlSecondsAfterFinished")) {
            Checks.notNegative(findings, "spec." + count, spec.get(count));
        }
        template(spec);
        String policy = Json.textAt(spec, "template", "spec", "restartPolicy");
        if (!policy.equals("OnFailure") && !policy.equals("Never")) {
            findings.required("spec.template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\"");
        }
    }
}
