package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * LimitRanges.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/core/validation} (reasons and wording).
 */
final class LimitRangeCheck {
    /**
     * Two amounts of which the one must not exceed the other.
     *
     * @param field where it is said
     * @param shown whose amount is shown there
     */
    private record Order(String greater, String less, String field, String shown) {}

    private static final List<Order> ORDERS = List.of(
            new Order("min", "max", "min", "min"),
            new Order("min", "defaultRequest", "defaultRequest", "defaultRequest"),
            new Order("min", "default", "default", "min"),
            new Order("defaultRequest", "max", "defaultRequest", "defaultRequest"),
            new Order("defaultRequest", "default", "defaultRequest", "defaultRequest"),
            new Order("default", "max", "default", "max"));

    private final Findings findings;

    LimitRangeCheck(Findings findings) {
        this.findings = findings;
    }

    void limits(JsonNode limits) {
        Set<String> types = new HashSet<>();
        for (int i = 0; i < limits.size(); i++) {
            String path = "spec.limits[" + i + "]";
            String type = Json.textAt(limits.get(i), "type");
            if (!types.add(type)) {
                findings.duplicate(path + ".type", Json.string(type));
            }
            Syntax.qualifiedName(findings, path + ".type", type);
            limit(limits.get(i), type, path);
        }
    }

    private void limit(JsonNode limit, String type, String path) {
        if (type.equals("Pod")) {
            for (String field : List.of("default", "defaultRequest")) {
                if (!limit.path(field).isEmpty()) {
                    findings.forbidden(path + "." + field, "may not be specified when `type` is 'Pod'");
                }
            }
        }
        Set<String> resources = new TreeSet<>();
        for (String field : List.of("min", "max", "default", "defaultRequest")) {
            resources.addAll(limit.path(field).propertyNames());
        }
        if (type.equals("PersistentVolumeClaim") && !hasStorage(limit, "min") && !hasStorage(limit, "max")) {
            findings.required(
                    path + ".limits", "either minimum or maximum storage value is required, but neither was provided");
        }
        for (String resource : resources) {
            order(new Bounds(limit, resource, path));
        }
    }

    private static boolean hasStorage(JsonNode limit, String bound) {
        return limit.path(bound).has("storage");
    }

    /** The amounts that are said of one resource. */
    private record Bounds(JsonNode limit, String resource, String path) {
        JsonNode of(String field) {
            return limit.path(field).path(resource);
        }

        String at(String field) {
            return path + "." + field + "[" + resource + "]";
        }

        boolean exceeds(String field, String other) {
            return of(field).isString()
                    && of(other).isString()
                    && ResourceCheck.amount(of(field)).compareTo(ResourceCheck.amount(of(other))) > 0;
        }
    }

    private void order(Bounds bounds) {
        for (Order order : ORDERS) {
            if (bounds.exceeds(order.greater, order.less)) {
                findings.invalid(
                        bounds.at(order.field),
                        bounds.of(order.shown),
                        words(order.greater) + " value "
                                + bounds.of(order.greater).asString() + " is greater than "
                                + words(order.less) + " value "
                                + bounds.of(order.less).asString());
            }
        }
    }

    private static String words(String field) {
        return field.equals("defaultRequest") ? "default request" : field;
    }
}
