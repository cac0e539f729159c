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
    private static final List<String> COUNTS_OF_JOBS = List.of(
            "parallelism",
            "completions",
            "activeDeadlineSeconds",
            "backoffLimit",
            "ttlSecondsAfterFinished",
            "backoffLimitPerIndex");

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
        pods(spec);
    }

    /** The same with one pod for each node. */
    void daemonSet(JsonNode spec) {
        if (spec.path("selector").isMissingNode()) {
            mismatch(spec);
        } else {
            selector(spec, "DaemonSet");
        }
        pods(spec);
        Checks.notNegative(findings, "spec.minReadySeconds", spec.get("minReadySeconds"));
        new StrategyCheck(findings, spec).daemonSet();
        Checks.notNegative(findings, "spec.revisionHistoryLimit", spec.get("revisionHistoryLimit"));
    }

    private void pods(JsonNode spec) {
        template(spec, "spec");
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
        if (!LabelSelector.of(selector).matches(labelsOfTemplate(spec))) {
            mismatch(spec);
        }
    }

    private static Map<String, String> labelsOfTemplate(JsonNode spec) {
        Map<String, String> values = new HashMap<>();
        spec.path("template")
                .path("metadata")
                .path("labels")
                .properties()
                .forEach(label -> values.put(label.getKey(), label.getValue().asString("")));
        return values;
    }

    private void mismatch(JsonNode spec) {
        findings.invalid(
                "spec.template.metadata.labels",
                Json.at(spec, "template", "metadata", "labels"),
                "`selector` does not match template `labels`");
    }

    private void template(JsonNode spec, String path) {
        Syntax.labels(
                findings,
                path + ".template.labels",
                spec.path("template").path("metadata").path("labels"));
        new PodSpecCheck(findings).check(spec.path("template").path("spec"), path + ".template.spec");
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

    /** Its selector is a plain map of labels, and may be left out where the template has labels. */
    void replicationController(JsonNode spec) {
        Checks.notNegative(findings, "spec.replicas", spec.get("replicas"));
        Checks.notNegative(findings, "spec.minReadySeconds", spec.get("minReadySeconds"));
        if (spec.path("selector").isEmpty()) {
            findings.required("spec.selector", "");
        }
        if (!spec.has("template")) {
            findings.required("spec.template", "");
            return;
        }
        if (!LabelSelector.of(spec.path("selector")).matches(labelsOfTemplate(spec))) {
            mismatch(spec);
        }
        template(spec, "spec");
    }

    /**
     * @param path of the specification, such as {@code spec.jobTemplate.spec}
     */
    void job(JsonNode spec, String path) {
        for (String count : COUNTS_OF_JOBS) {
            Checks.notNegative(findings, path + "." + count, spec.get(count));
        }
        String mode = path + ".completionMode";
        Checks.oneOf(findings, mode, Json.textAt(spec, "completionMode"), "NonIndexed", "Indexed");
        String replacement = Json.textAt(spec, "podReplacementPolicy");
        Checks.oneOf(findings, path + ".podReplacementPolicy", replacement, "Failed", "TerminatingOrFailed");
        template(spec, path);
        String policy = Json.textAt(spec, "template", "spec", "restartPolicy");
        if (!policy.equals("OnFailure") && !policy.equals("Never")) {
            findings.required(path + ".template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\"");
        }
    }
}
