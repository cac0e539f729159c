package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How StatefulSets and DaemonSets replace their pods, and what of a StatefulSet may be changed.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/apps/validation} (reasons and wording).
 */
final class StrategyCheck {
    private static final String STRATEGY = "spec.updateStrategy";
    private static final String ROLLING = STRATEGY + ".rollingUpdate";
    private static final List<String> CHANGEABLE = List.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds");

    private final Findings findings;
    private final JsonNode spec;

    StrategyCheck(Findings findings, JsonNode spec) {
        this.findings = findings;
        this.spec = spec;
    }

    void statefulSet() {
        String management = Json.textAt(spec, "podManagementPolicy");
        if (!List.of("OrderedReady", "Parallel").contains(management)) {
            findings.invalid(
                    "spec.podManagementPolicy", Json.string(management), "must be 'OrderedReady' or 'Parallel'");
        }
        JsonNode rolling = spec.path("updateStrategy").path("rollingUpdate");
        switch (type()) {
            case "RollingUpdate" -> Checks.notNegative(findings, ROLLING + ".partition", rolling.get("partition"));
            case "OnDelete" -> {
                if (rolling.isObject()) {
                    findings.invalid(ROLLING, shownRolling(), "only allowed for updateStrategy 'RollingUpdate'");
                }
            }
            default -> findings.invalid(STRATEGY, shown(), "must be 'RollingUpdate' or 'OnDelete'");
        }
    }

    private ObjectNode shownRolling() {
        JsonNode rolling = spec.path("updateStrategy").path("rollingUpdate");
        ObjectNode shown = Json.object();
        shown.set("Partition", rolling.get("partition"));
        shown.set("MaxUnavailable", rolling.get("maxUnavailable"));
        return shown;
    }

    private ObjectNode shown() {
        ObjectNode shown = Json.object().put("Type", type());
        shown.set("RollingUpdate", null);
        return shown;
    }

    private String type() {
        return Json.textAt(spec, "updateStrategy", "type");
    }

    void daemonSet() {
        switch (type()) {
            case "RollingUpdate" -> rolling();
            case "OnDelete" -> {}
            default -> findings.unsupportedObject(STRATEGY, shown(), List.of("RollingUpdate", "OnDelete"));
        }
    }

    private void rolling() {
        JsonNode rolling = spec.path("updateStrategy").path("rollingUpdate");
        boolean unavailable = isSome(rolling, "maxUnavailable");
        boolean surge = isSome(rolling, "maxSurge");
        if (unavailable && surge) {
            findings.invalid(
                    ROLLING + ".maxSurge", rolling.get("maxSurge"), "may not be set when maxUnavailable is non-zero");
        } else if (!unavailable && !surge) {
            findings.required(ROLLING + ".maxUnavailable", "cannot be 0 when maxSurge is 0");
        }
        for (String field : List.of("maxUnavailable", "maxSurge")) {
            Checks.share(findings, ROLLING + "." + field, rolling.get(field));
            Checks.atMostAll(findings, ROLLING + "." + field, rolling.get(field));
        }
    }

    private static boolean isSome(JsonNode rolling, String field) {
        return !List.of("", "0", "0%").contains(Json.textAt(rolling, field));
    }

    void statefulSetUpdate(JsonNode before) {
        if (!(spec.deepCopy() instanceof ObjectNode now) || !(before.deepCopy() instanceof ObjectNode then)) {
            return;
        }
        now.remove(CHANGEABLE);
        then.remove(CHANGEABLE);
        if (!now.equals(then)) {
            findings.forbidden(
                    "spec",
                    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', "
                            + "'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and "
                            + "'minReadySeconds' are forbidden");
        }
    }
}
