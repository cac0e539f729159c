package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Classes of priority, of storage and of Ingresses.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/scheduling}, {@code storage} and {@code networking}, {@code validation}
 * (reasons and wording).
 */
final class ClassCheck {
    private static final long HIGHEST_PRIORITY = 1_000_000_000;
    private static final String OF_THE_SYSTEM = "system-";
    private static final Set<String> KNOWN = Set.of("system-node-critical", "system-cluster-critical");
    private static final String CONTROLLER = "spec.controller";

    private final Findings findings;

    ClassCheck(Findings findings) {
        this.findings = findings;
    }

    void priority(JsonNode priority) {
        String name = Json.textAt(priority, "metadata", "name");
        if (name.startsWith(OF_THE_SYSTEM)) {
            if (!KNOWN.contains(name)) {
                findings.forbidden(
                        "metadata.name",
                        "priority class names with '" + OF_THE_SYSTEM + "' prefix are reserved for system use only. "
                                + "error: " + name + " is not a known system priority class");
            }
        } else if (Json.longAt(priority, 0, "value") > HIGHEST_PRIORITY) {
            findings.forbidden("value", "maximum allowed value of a user defined priority is " + HIGHEST_PRIORITY);
        }
        Checks.oneOf(
                findings,
                "preemptionPolicy",
                Json.textAt(priority, "preemptionPolicy"),
                "PreemptLowerPriority",
                "Never");
    }

    void priorityUpdate(JsonNode before, JsonNode after) {
        if (Json.longAt(before, 0, "value") != Json.longAt(after, 0, "value")) {
            findings.forbidden("value", "may not be changed in an update.");
        }
        immutable("preemptionPolicy", before, after);
    }

    void storage(JsonNode storage) {
        Checks.required(findings, "provisioner", Json.textAt(storage, "provisioner"));
        Checks.oneOf(findings, "reclaimPolicy", Json.textAt(storage, "reclaimPolicy"), "Delete", "Retain");
        Checks.oneOf(
                findings,
                "volumeBindingMode",
                Json.textAt(storage, "volumeBindingMode"),
                "Immediate",
                "WaitForFirstConsumer");
    }

    void storageUpdate(JsonNode before, JsonNode after) {
        for (String field : List.of("parameters", "provisioner", "reclaimPolicy")) {
            if (!before.path(field).equals(after.path(field))) {
                findings.forbidden(field, "updates to " + field + " are forbidden.");
            }
        }
        immutable("volumeBindingMode", before, after);
    }

    private void immutable(String field, JsonNode before, JsonNode after) {
        Checks.immutable(findings, field, before.get(field), after.get(field));
    }

    void ingress(JsonNode spec) {
        String controller = Json.textAt(spec, "controller");
        int slash = controller.indexOf('/');
        if (controller.isEmpty()) {
            findings.required(CONTROLLER, "");
        } else if (slash < 1 || slash == controller.length() - 1) {
            findings.invalid(
                    CONTROLLER, Json.string(controller), "must be a domain-prefixed path (such as \"acme.io/foo\")");
        } else {
            Syntax.dnsName(findings, CONTROLLER, controller.substring(0, slash));
        }
    }
}
