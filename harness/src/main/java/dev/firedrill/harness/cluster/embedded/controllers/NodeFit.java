package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which nodes a pod may run on, and why not on the others, in a scheduler's words.
 * <p>Source: https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
 */
final class NodeFit {
    private NodeFit() {}

    /** Why a pod cannot run on a node; empty if it can. */
    static Optional<String> objection(Pod pod, Node node) {
        if (Boolean.TRUE.equals(node.getSpec() == null ? null : node.getSpec().getUnschedulable())) {
            return Optional.of("node(s) were unschedulable");
        }
        if (!isReady(node)) {
            return Optional.of("node(s) had untolerated taint {node.kubernetes.io/not-ready: }");
        }
        if (!matchesSelector(pod, node) || !matchesAffinity(pod, node)) {
            return Optional.of("node(s) didn't match Pod's node affinity/selector");
        }
        List<Taint> taints = node.getSpec() == null ? List.of() : node.getSpec().getTaints();
        return taints.stream()
                .filter(taint -> !"PreferNoSchedule".equals(taint.getEffect()) && !tolerates(pod, taint))
                .findFirst()
                .map(taint -> "node(s) had untolerated taint {" + taint.getKey() + ": "
                        + Objects.requireNonNullElse(taint.getValue(), "") + "}");
    }

    /** Why a pod cannot run anywhere: {@code 0/1 nodes are available: 1 node(s) were unschedulable. ...}. */
    static String explain(Pod pod, Collection<Node> nodes) {
        if (nodes.isEmpty()) {
            return "no nodes available to schedule pods";
        }
        Map<String, Long> counts = nodes.stream()
                .flatMap(node -> objection(pod, node).stream())
                .collect(Collectors.groupingBy(o -> o, TreeMap::new, Collectors.counting()));
        String reasons = counts.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining(", "));
        String none = "0/" + nodes.size() + " nodes are available: ";
        return none + reasons + ". no new claims to deallocate, preemption: " + none + nodes.size()
                + " Preemption is not helpful for scheduling.";
    }

    private static boolean isReady(Node node) {
        return node.getStatus() != null
                && node.getStatus().getConditions().stream()
                        .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
    }

    private static Map<String, String> labels(Node node) {
        return Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.of());
    }

    private static boolean matchesSelector(Pod pod, Node node) {
        Map<String, String> selector =
                Objects.requireNonNullElse(pod.getSpec().getNodeSelector(), Map.<String, String>of());
        return labels(node).entrySet().containsAll(selector.entrySet());
    }

    private static boolean matchesAffinity(Pod pod, Node node) {
        var affinity = pod.getSpec().getAffinity();
        var required = affinity == null || affinity.getNodeAffinity() == null
                ? null
                : affinity.getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution();
        return required == null || required.getNodeSelectorTerms().stream().anyMatch(term -> matches(term, node));
    }

    private static boolean matches(NodeSelectorTerm term, Node node) {
        boolean empty =
                term.getMatchExpressions().isEmpty() && term.getMatchFields().isEmpty();
        Map<String, String> fields = Map.of("metadata.name", node.getMetadata().getName());
        return !empty
                && term.getMatchExpressions().stream().allMatch(r -> matches(r, labels(node)))
                && term.getMatchFields().stream().allMatch(r -> matches(r, fields));
    }

    private static boolean matches(NodeSelectorRequirement requirement, Map<String, String> values) {
        String value = values.get(requirement.getKey());
        List<String> given = requirement.getValues();
        return switch (requirement.getOperator()) {
            case "In" -> value != null && given.contains(value);
            case "NotIn" -> value == null || !given.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            case "Gt" -> value != null && number(value) > number(given.get(0));
            case "Lt" -> value != null && number(value) < number(given.get(0));
            default -> false;
        };
    }

    private static double number(String text) {
        return text.matches("-?\\d{1,18}") ? Long.parseLong(text) : Double.NaN;
    }

    private static boolean tolerates(Pod pod, Taint taint) {
        return pod.getSpec().getTolerations().stream().anyMatch(toleration -> tolerates(toleration, taint));
    }

    private static boolean tolerates(Toleration toleration, Taint taint) {
        String effect = Objects.requireNonNullElse(toleration.getEffect(), "");
        String key = Objects.requireNonNullElse(toleration.getKey(), "");
        boolean exists = "Exists".equals(toleration.getOperator());
        return (effect.isEmpty() || effect.equals(taint.getEffect()))
                && (key.isEmpty() ? exists : key.equals(taint.getKey()))
                && (exists
                        || Objects.requireNonNullElse(toleration.getValue(), "")
                                .equals(Objects.requireNonNullElse(taint.getValue(), "")));
    }
}
