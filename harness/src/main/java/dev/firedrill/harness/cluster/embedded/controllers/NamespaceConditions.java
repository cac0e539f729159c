package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.fabric8.kubernetes.api.model.NamespaceConditionBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is said of a namespace that ends.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/controller/namespace/deletion/status_condition_utils.go}.
 */
final class NamespaceConditions {
    private NamespaceConditions() {}

    /** The conditions, each with the time of its last change. */
    static List<NamespaceCondition> of(NamespaceContent.Left left, List<NamespaceCondition> before, Instant now) {
        return Stream.of(
                        good(
                                "NamespaceDeletionDiscoveryFailure",
                                "ResourcesDiscovered",
                                "All resources successfully discovered"),
                        good(
                                "NamespaceDeletionGroupVersionParsingFailure",
                                "ParsedGroupVersions",
                                "All legacy kube types successfully parsed"),
                        failure(left.failures()),
                        remaining(left.remaining()),
                        finalizers(left.finalizers()))
                .map(condition -> dated(condition, before, now))
                .toList();
    }

    private static NamespaceCondition failure(List<String> failures) {
        String type = "NamespaceDeletionContentFailure";
        return failures.isEmpty()
                ? good(type, "ContentDeleted", "All content successfully deleted, may be waiting on finalization")
                : bad(
                        type,
                        "ContentDeletionFailed",
                        "Failed to delete all resource types, " + failures.size() + " remaining: "
                                + failures.stream().sorted().collect(Collectors.joining(", ")));
    }

    private static NamespaceCondition remaining(Map<String, Integer> remaining) {
        String type = "NamespaceContentRemaining";
        return remaining.isEmpty()
                ? good(type, "ContentRemoved", "All content successfully removed")
                : bad(
                        type,
                        "SomeResourcesRemain",
                        "Some resources are remaining: "
                                + listed(remaining, (kind, count) -> kind + " has " + count + " resource instances"));
    }

    private static NamespaceCondition finalizers(Map<String, Integer> finalizers) {
        String type = "NamespaceFinalizersRemaining";
        return finalizers.isEmpty()
                ? good(type, "ContentHasNoFinalizers", "All content-preserving finalizers finished")
                : bad(
                        type,
                        "SomeFinalizersRemain",
                        "Some content in the namespace has finalizers remaining: "
                                + listed(finalizers, (name, count) -> name + " in " + count + " resource instances"));
    }

    private static String listed(Map<String, Integer> counts, BinaryOperator<String> text) {
        return new TreeMap<>(counts)
                .entrySet().stream()
                        .map(entry -> text.apply(entry.getKey(), String.valueOf(entry.getValue())))
                        .collect(Collectors.joining(", "));
    }

    private static NamespaceCondition good(String type, String reason, String message) {
        return new NamespaceConditionBuilder()
                .withType(type)
                .withStatus("False")
                .withReason(reason)
                .withMessage(message)
                .build();
    }

    private static NamespaceCondition bad(String type, String reason, String message) {
        NamespaceCondition condition = good(type, reason, message);
        condition.setStatus("True");
        return condition;
    }

    private static NamespaceCondition dated(NamespaceCondition now, List<NamespaceCondition> before, Instant time) {
        now.setLastTransitionTime(before.stream()
                .filter(old ->
                        old.getType().equals(now.getType()) && old.getStatus().equals(now.getStatus()))
                .map(NamespaceCondition::getLastTransitionTime)
                .findFirst()
                .orElse(Timestamps.seconds(time)));
        return now;
    }
}
