package dev.firedrill.harness.cluster.embedded.apiserver.table;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The columns of nodes, namespaces, configuration, rights and events. */
final class ClusterColumns {
    private static final String ROLE_LABEL = "node-role.kubernetes.io/";

    private ClusterColumns() {}

    static Map<String, List<Column>> all() {
        return Map.ofEntries(
                Map.entry("nodes", nodes()),
                Map.entry("namespaces", List.of(Column.NAME, Column.text("Status", "status", "phase"), Column.AGE)),
                Map.entry("configmaps", List.of(Column.NAME, Column.count("Data", "data"), Column.AGE)),
                Map.entry(
                        "secrets",
                        List.of(Column.NAME, Column.text("Type", "type"), Column.count("Data", "data"), Column.AGE)),
                Map.entry("serviceaccounts", List.of(Column.NAME, Column.count("Secrets", "secrets"), Column.AGE)),
                Map.entry("events", events()),
                Map.entry("roles.rbac.authorization.k8s.io", List.of(Column.NAME, Column.CREATED_AT)),
                Map.entry("clusterroles.rbac.authorization.k8s.io", List.of(Column.NAME, Column.CREATED_AT)),
                Map.entry("rolebindings.rbac.authorization.k8s.io", bindings()),
                Map.entry("clusterrolebindings.rbac.authorization.k8s.io", bindings()),
                Map.entry("limitranges", List.of(Column.NAME, Column.CREATED_AT)),
                Map.entry("poddisruptionbudgets.policy", budgets()),
                Map.entry("horizontalpodautoscalers.autoscaling", autoscalers()),
                Map.entry(
                        "resourcequotas",
                        List.of(
                                Column.NAME,
                                Column.text("Request", quota -> quota(quota, false)),
                                Column.text("Limit", quota -> quota(quota, true)),
                                Column.AGE)),
                Map.entry(
                        "priorityclasses.scheduling.k8s.io",
                        List.of(
                                Column.NAME,
                                Column.number("Value", "value"),
                                Column.flag("Global-Default", false, "globalDefault"),
                                Column.AGE,
                                Column.text("PreemptionPolicy", "preemptionPolicy"))));
    }

    private static List<Column> nodes() {
        return List.of(
                Column.NAME,
                Column.text("Status", ClusterColumns::nodeStatus),
                Column.text("Roles", ClusterColumns::roles),
                Column.AGE,
                Column.text("Version", "status", "nodeInfo", "kubeletVersion"),
                Column.text("Internal-IP", node -> address(node, "InternalIP")).whenWide(),
                Column.text("External-IP", node -> address(node, "ExternalIP")).whenWide(),
                Column.textOr("<unknown>", "OS-Image", "status", "nodeInfo", "osImage")
                        .whenWide(),
                Column.textOr("<unknown>", "Kernel-Version", "status", "nodeInfo", "kernelVersion")
                        .whenWide(),
                Column.textOr("<unknown>", "Container-Runtime", "status", "nodeInfo", "containerRuntimeVersion")
                        .whenWide());
    }

    private static String nodeStatus(JsonNode node) {
        String status = "Unknown";
        for (JsonNode condition : Json.arrayAt(node, "status", "conditions")) {
            if (Json.textAt(condition, "type").equals("Ready")) {
                status = Json.textAt(condition, "status").equals("True") ? "Ready" : "NotReady";
            }
        }
        return node.path("spec").path("unschedulable").asBoolean(false) ? status + ",SchedulingDisabled" : status;
    }

    private static String roles(JsonNode node) {
        List<String> roles = new ArrayList<>();
        node.path("metadata").path("labels").propertyNames().stream()
                .filter(label -> label.startsWith(ROLE_LABEL))
                .forEach(label -> roles.add(label.substring(ROLE_LABEL.length())));
        return Texts.orNone(String.join(",", roles));
    }

    private static String address(JsonNode node, String type) {
        for (JsonNode address : Json.arrayAt(node, "status", "addresses")) {
            if (Json.textAt(address, "type").equals(type)) {
                return Json.textAt(address, "address");
            }
        }
        return "<none>";
    }

    private static List<Column> events() {
        return List.of(
                new Column("Last Seen", "string", "", false, (event, ages) -> Json.string(ages.since(lastSeen(event)))),
                Column.text("Type", "type"),
                Column.text("Reason", "reason"),
                Column.text(
                        "Object",
                        event -> Json.textAt(event, "involvedObject", "kind").toLowerCase(Locale.ROOT) + "/"
                                + Json.textAt(event, "involvedObject", "name")),
                Column.text("Subobject", "involvedObject", "fieldPath").whenWide(),
                Column.text("Source", ClusterColumns::source).whenWide(),
                Column.text("Message", event -> Json.textAt(event, "message").strip()),
                new Column(
                        "First Seen", "string", "", true, (event, ages) -> Json.string(ages.since(firstSeen(event)))),
                new Column("Count", "string", "", true, (event, ages) -> Json.number(count(event))),
                new Column("Name", "string", "name", true, Column.NAME.cell()));
    }

    private static String lastSeen(JsonNode event) {
        String series = Json.textAt(event, "series", "lastObservedTime");
        String last = series.isEmpty() ? Json.textAt(event, "lastTimestamp") : series;
        return last.isEmpty() ? firstSeen(event) : last;
    }

    private static String firstSeen(JsonNode event) {
        String first = Json.textAt(event, "firstTimestamp");
        return first.isEmpty() ? Json.textAt(event, "eventTime") : first;
    }

    private static long count(JsonNode event) {
        return event.path("series").isObject()
                ? Json.longAt(event, 0, "series", "count")
                : Math.max(1, Json.longAt(event, 1, "count"));
    }

    private static String source(JsonNode event) {
        String component = Json.textAt(event, "source", "component");
        String host = Json.textAt(event, "source", "host");
        String who = component.isEmpty() ? Json.textAt(event, "reportingComponent") : component;
        return host.isEmpty() ? who : who + ", " + host;
    }

    private static List<Column> bindings() {
        return List.of(
                Column.NAME,
                Column.text(
                        "Role",
                        binding -> Json.textAt(binding, "roleRef", "kind") + "/"
                                + Json.textAt(binding, "roleRef", "name")),
                Column.AGE,
                subjects("Users", "User").whenWide(),
                subjects("Groups", "Group").whenWide(),
                subjects("ServiceAccounts", "ServiceAccount").whenWide());
    }

    private static Column subjects(String name, String kind) {
        return Column.text(name, binding -> {
            List<String> names = new ArrayList<>();
            for (JsonNode subject : Json.arrayAt(binding, "subjects")) {
                String namespace = Json.textAt(subject, "namespace");
                if (Json.textAt(subject, "kind").equals(kind)) {
                    names.add((kind.equals("ServiceAccount") ? namespace + "/" : "") + Json.textAt(subject, "name"));
                }
            }
            return String.join(", ", names);
        });
    }

    private static List<Column> budgets() {
        return List.of(
                Column.NAME,
                Column.textOr("N/A", "Min Available", "spec", "minAvailable"),
                Column.textOr("N/A", "Max Unavailable", "spec", "maxUnavailable"),
                Column.number("Allowed Disruptions", "status", "disruptionsAllowed"),
                Column.AGE);
    }

    private static List<Column> autoscalers() {
        return List.of(
                Column.NAME,
                Column.text(
                        "Reference",
                        scaler -> Json.textAt(scaler, "spec", "scaleTargetRef", "kind") + "/"
                                + Json.textAt(scaler, "spec", "scaleTargetRef", "name")),
                Column.text("Targets", ClusterColumns::targets),
                Column.number("MinPods", "spec", "minReplicas").typed("string"),
                Column.number("MaxPods", "spec", "maxReplicas").typed("string"),
                Column.number("Replicas", "status", "currentReplicas").typed("string"),
                Column.AGE);
    }

    /** What a quota has given away of what it allows; of limits, or of anything else. */
    private static String quota(JsonNode quota, boolean limits) {
        return quota.path("status").path("hard").properties().stream()
                .filter(entry -> entry.getKey().contains("limits") == limits)
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + ": "
                        + Json.textAt(quota, "status", "used", entry.getKey()) + "/"
                        + entry.getValue().asString(""))
                .collect(Collectors.joining(", "));
    }

    private static String targets(JsonNode scaler) {
        List<String> targets = new ArrayList<>();
        for (JsonNode metric : Json.arrayAt(scaler, "spec", "metrics")) {
            String share = Json.textAt(metric, "resource", "target", "averageUtilization");
            if (!share.isEmpty()) {
                targets.add(Json.textAt(metric, "resource", "name") + ": <unknown>/" + share + "%");
            }
        }
        return targets.isEmpty() ? "<unknown>" : String.join(", ", targets);
    }
}
