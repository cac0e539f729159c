package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which labels a selector matches. */
final class Selectors {
    private Selectors() {}

    /** The selector of a Service: each pair must be there; no pair at all matches nothing. */
    static boolean matches(@Nullable Map<String, String> selector, @Nullable Map<String, String> labels) {
        return selector != null && !selector.isEmpty() && containsAll(labels, selector);
    }

    /** The selector of a workload; an absent one matches nothing, an empty one everything. */
    static boolean matches(@Nullable LabelSelector selector, @Nullable Map<String, String> labels) {
        if (selector == null) {
            return false;
        }
        Map<String, String> there = Objects.requireNonNullElse(labels, Map.of());
        Map<String, String> pairs = Objects.requireNonNullElse(selector.getMatchLabels(), Map.of());
        return containsAll(there, pairs)
                && selector.getMatchExpressions().stream().allMatch(requirement -> matches(requirement, there));
    }

    private static boolean containsAll(@Nullable Map<String, String> labels, Map<String, String> pairs) {
        return labels != null && labels.entrySet().containsAll(pairs.entrySet());
    }

    private static boolean matches(LabelSelectorRequirement requirement, Map<String, String> labels) {
        String value = labels.get(requirement.getKey());
        return switch (requirement.getOperator()) {
            case "In" -> value != null && requirement.getValues().contains(value);
            case "NotIn" -> value == null || !requirement.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}
