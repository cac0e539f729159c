package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * ResourceQuotas and LimitRanges.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/core/validation} (reasons and wording).
 */
final class LimitRangeCheck {
    private static final Set<String> COUNTED = Set.of(
            "cpu",
            "memory",
            "ephemeral-storage",
            "requests.cpu",
            "requests.memory",
            "requests.storage",
            "requests.ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage",
            "pods",
            "services",
            "services.nodeports",
            "services.loadbalancers",
            "replicationcontrollers",
            "resourcequotas",
            "secrets",
            "configmaps",
            "persistentvolumeclaims");
    private static final Set<String> SCOPES = Set.of(
            "Terminating",
            "NotTerminating",
            "BestEffort",
            "NotBestEffort",
            "PriorityClass",
            "CrossNamespacePodAffinity",
            "VolumeAttributesClass");

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

    void quota(JsonNode spec) {
        for (Map.Entry<String, JsonNode> hard : spec.path("hard").properties()) {
            String name = hard.getKey();
            String field = "spec.hard[" + name + "]";
            if (name.indexOf('/') < 0 && !COUNTED.contains(name)) {
                findings.invalid(field, Json.string(name), "must be a standard resource type or fully qualified");
                findings.invalid(field, Json.string(name), "must be a standard resource for quota");
            }
            if (ResourceCheck.amount(hard.getValue()).signum() < 0) {
                findings.invalid(field, hard.getValue(), "must be greater than or equal to 0");
            }
        }
        JsonNode scopes = spec.path("scopes");
        List<String> names =
                scopes.valueStream().map(scope -> scope.asString("")).toList();
        if (!SCOPES.containsAll(names)) {
            findings.invalid("spec.scopes", scopes, "unsupported scope");
        }
        if (names.containsAll(List.of("BestEffort", "NotBestEffort"))
                || names.containsAll(List.of("Terminating", "NotTerminating"))) {
            findings.invalid("spec.scopes", scopes, "conflicting scopes");
        }
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
