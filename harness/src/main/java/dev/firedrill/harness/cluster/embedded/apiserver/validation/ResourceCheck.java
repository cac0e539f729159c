package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a container asks for and what it is limited to. */
final class ResourceCheck {
    private ResourceCheck() {}

    static void check(JsonNode resources, String path, Findings findings) {
        JsonNode limits = resources.path("limits");
        for (Map.Entry<String, JsonNode> limit : limits.properties()) {
            notNegative(limit, path + ".limits", findings);
        }
        for (Map.Entry<String, JsonNode> request : resources.path("requests").properties()) {
            notNegative(request, path + ".requests", findings);
            JsonNode limit = limits.get(request.getKey());
            if (limit != null && amount(request.getValue()).compareTo(amount(limit)) > 0) {
                findings.invalid(
                        path + ".requests",
                        request.getValue(),
                        "must be less than or equal to " + request.getKey() + " limit of " + limit.asString());
            }
        }
    }

    private static void notNegative(Map.Entry<String, JsonNode> entry, String path, Findings findings) {
        if (amount(entry.getValue()).signum() < 0) {
            findings.invalid(path + "[" + entry.getKey() + "]", entry.getValue(), "must be greater than or equal to 0");
        }
    }

    /** A quantity as a number. */
    static BigDecimal amount(JsonNode quantity) {
        return Quantity.getAmountInBytes(new Quantity(quantity.asString()));
    }
}
