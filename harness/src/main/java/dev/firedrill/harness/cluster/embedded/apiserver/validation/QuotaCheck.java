package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.LabelSyntax;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * ResourceQuotas: what is counted, and in which scopes that can be.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/core/validation} and {@code pkg/apis/core/helper} (reasons, wording).
 */
final class QuotaCheck {
    private static final Set<String> WHOLE = Set.of(
            "pods",
            "services",
            "services.nodeports",
            "services.loadbalancers",
            "replicationcontrollers",
            "resourcequotas",
            "secrets",
            "configmaps",
            "persistentvolumeclaims");
    private static final Set<String> OF_PODS =
            Set.of("pods", "cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");
    private static final Set<String> OTHERS =
            Set.of("ephemeral-storage", "requests.storage", "requests.ephemeral-storage", "limits.ephemeral-storage");

    /** What can be counted in each scope. */
    private static final Map<String, Set<String>> SCOPES = Map.of(
            "Terminating", OF_PODS,
            "NotTerminating", OF_PODS,
            "BestEffort", Set.of("pods"),
            "NotBestEffort", OF_PODS,
            "PriorityClass", OF_PODS,
            "CrossNamespacePodAffinity", OF_PODS,
            "VolumeAttributesClass", Set.of("persistentvolumeclaims", "requests.storage"));

    private static final Set<String> WITH_VALUES = Set.of("PriorityClass", "VolumeAttributesClass");
    private static final String UNSUPPORTED = "unsupported scope applied to resource";
    private static final String EXPRESSIONS = "spec.scopeSelector.matchExpressions";

    private final Findings findings;
    private final JsonNode spec;

    QuotaCheck(Findings findings, JsonNode spec) {
        this.findings = findings;
        this.spec = spec;
    }

    void check() {
        for (Map.Entry<String, JsonNode> hard : spec.path("hard").properties()) {
            hard(hard.getKey(), "spec.hard[" + hard.getKey() + "]", hard.getValue());
        }
        scopes(spec.path("scopes"));
        selector(spec.path("scopeSelector"));
    }

    private void hard(String name, String field, JsonNode quantity) {
        Syntax.qualifiedName(findings, field, name);
        if (name.indexOf('/') < 0 && !isCounted(name)) {
            if (LabelSyntax.keyProblems(name).isEmpty()) {
                findings.invalid(field, Json.string(name), "must be a standard resource type or fully qualified");
            }
            findings.invalid(field, Json.string(name), "must be a standard resource for quota");
        }
        BigDecimal amount = ResourceCheck.amount(quantity);
        if (amount.signum() < 0) {
            findings.invalid(field, quantity, "must be greater than or equal to 0");
        }
        if (WHOLE.contains(name) && amount.stripTrailingZeros().scale() > 0) {
            findings.invalid(field, quantity, "must be an integer");
        }
    }

    private static boolean isCounted(String name) {
        return WHOLE.contains(name) || OF_PODS.contains(name) || OTHERS.contains(name);
    }

    private void scopes(JsonNode scopes) {
        Set<String> names = new HashSet<>();
        for (JsonNode scope : scopes) {
            String name = scope.asString("");
            names.add(name);
            if (!SCOPES.containsKey(name)) {
                findings.invalid("spec.scopes", scopes, "unsupported scope");
            }
            for (int i = 0; i < uncounted(name); i++) {
                findings.invalid("spec.scopes", scopes, UNSUPPORTED);
            }
        }
        if (conflicting(names)) {
            findings.invalid("spec.scopes", scopes, "conflicting scopes");
        }
    }

    private void selector(JsonNode selector) {
        Set<String> names = new HashSet<>();
        for (JsonNode requirement : selector.path("matchExpressions")) {
            String name = Json.textAt(requirement, "scopeName");
            names.add(name);
            if (!SCOPES.containsKey(name)) {
                findings.invalid(EXPRESSIONS + ".scopeName", Json.string(name), "unsupported scope");
            }
            for (int i = 0; i < uncounted(name); i++) {
                findings.invalid(EXPRESSIONS, shown(selector), UNSUPPORTED);
            }
            operator(name, Json.textAt(requirement, "operator"), requirement.path("values"));
        }
        if (conflicting(names)) {
            findings.invalid(EXPRESSIONS, shown(selector), "conflicting scopes");
        }
    }

    private void operator(String scope, String operator, JsonNode values) {
        JsonNode said = Json.string(operator);
        if (SCOPES.containsKey(scope) && !WITH_VALUES.contains(scope) && !operator.equals("Exists")) {
            findings.invalid(
                    EXPRESSIONS + ".operator",
                    said,
                    "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, "
                            + "ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, "
                            + "ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity");
        }
        switch (operator) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    findings.required(
                            EXPRESSIONS + ".values",
                            "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    findings.invalid(
                            EXPRESSIONS + ".values",
                            values,
                            "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
                }
            }
            default -> findings.invalid(EXPRESSIONS + ".operator", said, "not a valid selector operator");
        }
    }

    /** How much of what the quota limits cannot be counted in that scope. */
    private long uncounted(String scope) {
        Set<String> possible = SCOPES.get(scope);
        return possible == null
                ? 0
                : spec.path("hard").propertyNames().stream()
                        .filter(name -> isCounted(name) && !possible.contains(name))
                        .count();
    }

    private static boolean conflicting(Set<String> scopes) {
        return scopes.containsAll(List.of("BestEffort", "NotBestEffort"))
                || scopes.containsAll(List.of("Terminating", "NotTerminating"));
    }

    /** As messages show a selector: with the names that its fields have in Go. */
    private static JsonNode shown(JsonNode selector) {
        ObjectNode shown = Json.object();
        ArrayNode expressions = shown.putArray("MatchExpressions");
        for (JsonNode requirement : selector.path("matchExpressions")) {
            ObjectNode expression = expressions
                    .addObject()
                    .put("ScopeName", Json.textAt(requirement, "scopeName"))
                    .put("Operator", Json.textAt(requirement, "operator"));
            expression.set("Values", requirement.get("values"));
        }
        return shown;
    }
}
