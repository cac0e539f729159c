package dev.firedrill.harness.cluster.embedded.apiserver.table;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The columns of what the API server and the nodes are told: certificates, flows, addresses, runtimes, devices. */
final class ServerColumns {
    private ServerColumns() {}

    static Map<String, List<Column>> all() {
        return Map.of(
                "certificatesigningrequests.certificates.k8s.io",
                certificates(),
                "flowschemas.flowcontrol.apiserver.k8s.io",
                flows(),
                "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
                levels(),
                "ipaddresses.networking.k8s.io",
                List.of(Column.NAME, Column.text("ParentRef", ServerColumns::parent)),
                "servicecidrs.networking.k8s.io",
                List.of(Column.NAME, Column.text("CIDRs", ServerColumns::ranges), Column.AGE),
                "runtimeclasses.node.k8s.io",
                List.of(Column.NAME, Column.text("Handler", "handler"), Column.AGE),
                "resourceclaims.resource.k8s.io",
                List.of(Column.NAME, Column.text("State", ServerColumns::claim), Column.AGE),
                "resourceslices.resource.k8s.io",
                List.of(
                        Column.NAME,
                        Column.text("Node", "spec", "nodeName"),
                        Column.text("Driver", "spec", "driver"),
                        Column.text("Pool", "spec", "pool", "name"),
                        Column.AGE));
    }

    private static List<Column> certificates() {
        return List.of(
                Column.NAME,
                Column.AGE,
                Column.textOr("<none>", "SignerName", "spec", "signerName"),
                Column.text("Requestor", "spec", "username"),
                Column.text("RequestedDuration", ServerColumns::lifetime),
                Column.text("Condition", ServerColumns::condition));
    }

    private static String lifetime(JsonNode request) {
        long seconds = Json.longAt(request, -1, "spec", "expirationSeconds");
        return seconds < 0 ? "<none>" : Ages.text(Duration.ofSeconds(seconds));
    }

    private static String condition(JsonNode request) {
        String condition = "Pending";
        boolean failed = false;
        for (JsonNode known : Json.arrayAt(request, "status", "conditions")) {
            String type = Json.textAt(known, "type");
            failed |= type.equals("Failed");
            if (type.equals("Denied") || (type.equals("Approved") && !condition.equals("Denied"))) {
                condition = type;
            }
        }
        boolean issued = !Json.textAt(request, "status", "certificate").isEmpty();
        return condition + (failed ? ",Failed" : "") + (issued ? ",Issued" : "");
    }

    private static List<Column> flows() {
        return List.of(
                Column.NAME,
                Column.text("PriorityLevel", "spec", "priorityLevelConfiguration", "name"),
                Column.number("MatchingPrecedence", "spec", "matchingPrecedence")
                        .typed("string"),
                Column.textOr("<none>", "DistinguisherMethod", "spec", "distinguisherMethod", "type"),
                Column.AGE,
                Column.text("MissingPL", ServerColumns::dangling));
    }

    private static String dangling(JsonNode flow) {
        for (JsonNode condition : Json.arrayAt(flow, "status", "conditions")) {
            if (Json.textAt(condition, "type").equals("Dangling")) {
                return Json.textAt(condition, "status");
            }
        }
        return "?";
    }

    private static List<Column> levels() {
        return List.of(
                Column.NAME,
                Column.text("Type", "spec", "type"),
                Column.textOr("<none>", "NominalConcurrencyShares", "spec", "limited", "nominalConcurrencyShares"),
                queuing("Queues", "queues"),
                queuing("HandSize", "handSize"),
                queuing("QueueLengthLimit", "queueLengthLimit"),
                Column.AGE);
    }

    private static Column queuing(String name, String field) {
        return Column.textOr("<none>", name, "spec", "limited", "limitResponse", "queuing", field);
    }

    private static String parent(JsonNode address) {
        JsonNode parent = address.path("spec").path("parentRef");
        if (parent.isMissingNode()) {
            return "<none>";
        }
        String group = Json.textAt(parent, "group");
        String namespace = Json.textAt(parent, "namespace");
        return Json.textAt(parent, "resource")
                + (group.isEmpty() ? "" : "." + group)
                + (namespace.isEmpty() ? "" : "/" + namespace)
                + "/" + Json.textAt(parent, "name");
    }

    private static String ranges(JsonNode range) {
        return String.join(
                ",",
                Json.arrayAt(range, "spec", "cidrs")
                        .valueStream()
                        .map(cidr -> cidr.asString(""))
                        .toList());
    }

    private static String claim(JsonNode claim) {
        boolean leaving = claim.path("metadata").has("deletionTimestamp");
        if (!claim.path("status").has("allocation")) {
            return leaving ? "deleted" : "pending";
        }
        boolean reserved = !Json.arrayAt(claim, "status", "reservedFor").isEmpty();
        return (leaving ? "deleted," : "") + "allocated" + (reserved ? ",reserved" : "");
    }
}
