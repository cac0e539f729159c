package dev.firedrill.harness.cluster.embedded.apiserver.table;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The columns of pods and of what makes pods. */
final class WorkloadColumns {
    private static final List<Column> TEMPLATE = List.of(
            containers("Containers", "name", "spec", "template", "spec"),
            containers("Images", "image", "spec", "template", "spec"),
            Column.text("Selector", Texts::selector).whenWide());

    private WorkloadColumns() {}

    static Map<String, List<Column>> all() {
        return Map.ofEntries(
                Map.entry("pods", pods()),
                Map.entry("deployments.apps", deployments()),
                Map.entry("replicasets.apps", replicas()),
                Map.entry("replicationcontrollers", replicas()),
                Map.entry("statefulsets.apps", statefulSets()),
                Map.entry("daemonsets.apps", daemonSets()),
                Map.entry("jobs.batch", jobs()),
                Map.entry("cronjobs.batch", cronJobs()),
                Map.entry("podtemplates", podTemplates()),
                Map.entry(
                        "scales.autoscaling",
                        List.of(
                                Column.NAME,
                                Column.number("Desired", "spec", "replicas"),
                                Column.number("Available", "status", "replicas"),
                                Column.AGE)),
                Map.entry(
                        "controllerrevisions.apps",
                        List.of(
                                Column.NAME,
                                Column.text("Controller", WorkloadColumns::owner),
                                Column.number("Revision", "revision").typed("string"),
                                Column.AGE)));
    }

    private static String lastSchedule(JsonNode job, Ages ages) {
        String time = Json.textAt(job, "status", "lastScheduleTime");
        return time.isEmpty() ? "<none>" : ages.since(time);
    }

    private static Column containers(String name, String field, String... path) {
        return Column.text(name, object -> Texts.join(Json.arrayAt(Json.at(object, path), "containers"), field))
                .whenWide();
    }

    private static Column state(String name, Function<PodState, String> part) {
        return new Column(name, "string", "", false, (pod, ages) -> Json.string(part.apply(PodState.of(pod, ages))));
    }

    private static List<Column> pods() {
        return List.of(
                Column.NAME,
                state("Ready", PodState::ready),
                state("Status", PodState::status),
                state("Restarts", PodState::restarts),
                Column.AGE,
                Column.textOr("<none>", "IP", "status", "podIP").whenWide(),
                Column.textOr("<none>", "Node", "spec", "nodeName").whenWide(),
                Column.textOr("<none>", "Nominated Node", "status", "nominatedNodeName")
                        .whenWide(),
                Column.text("Readiness Gates", pod -> "<none>").whenWide());
    }

    private static List<Column> deployments() {
        return with(
                TEMPLATE,
                Column.NAME,
                Column.text("Ready", WorkloadColumns::readyOfWanted),
                Column.number("Up-to-date", "status", "updatedReplicas").typed("string"),
                Column.number("Available", "status", "availableReplicas").typed("string"),
                Column.AGE);
    }

    private static List<Column> replicas() {
        return with(
                TEMPLATE,
                Column.NAME,
                Column.number("Desired", "spec", "replicas"),
                Column.number("Current", "status", "replicas"),
                Column.number("Ready", "status", "readyReplicas"),
                Column.AGE);
    }

    private static List<Column> statefulSets() {
        return with(
                TEMPLATE.subList(0, 2), Column.NAME, Column.text("Ready", WorkloadColumns::readyOfWanted), Column.AGE);
    }

    private static List<Column> daemonSets() {
        return with(
                TEMPLATE,
                Column.NAME,
                Column.number("Desired", "status", "desiredNumberScheduled"),
                Column.number("Current", "status", "currentNumberScheduled"),
                Column.number("Ready", "status", "numberReady"),
                Column.number("Up-to-date", "status", "updatedNumberScheduled"),
                Column.number("Available", "status", "numberAvailable"),
                Column.text("Node Selector", object -> "<none>"),
                Column.AGE);
    }

    private static List<Column> jobs() {
        return with(
                TEMPLATE,
                Column.NAME,
                Column.text("Status", WorkloadColumns::jobStatus),
                Column.text(
                        "Completions",
                        job -> Json.longAt(job, 0, "status", "succeeded") + "/"
                                + Json.longAt(job, 1, "spec", "completions")),
                new Column("Duration", "string", "", false, (job, ages) -> Json.string(jobDuration(job, ages))),
                Column.AGE);
    }

    private static List<Column> cronJobs() {
        return List.of(
                Column.NAME,
                Column.text("Schedule", "spec", "schedule"),
                Column.textOr("<none>", "Timezone", "spec", "timeZone"),
                Column.text("Suspend", job -> job.path("spec").path("suspend").asBoolean(false) ? "True" : "False")
                        .typed("boolean"),
                Column.count("Active", "status", "active").typed("integer"),
                new Column("Last Schedule", "string", "", false, (job, ages) -> Json.string(lastSchedule(job, ages))),
                Column.AGE,
                containers("Containers", "name", "spec", "jobTemplate", "spec", "template", "spec"),
                containers("Images", "image", "spec", "jobTemplate", "spec", "template", "spec"),
                Column.textOr("<none>", "Selector", "spec", "jobTemplate", "spec", "selector")
                        .whenWide());
    }

    private static List<Column> podTemplates() {
        return List.of(
                Column.NAME,
                Column.text("Containers", object -> Texts.join(containersOf(object), "name")),
                Column.text("Images", object -> Texts.join(containersOf(object), "image")),
                Column.text(
                        "Pod Labels",
                        object -> Texts.labels(
                                object.path("template").path("metadata").path("labels"))));
    }

    private static ArrayNode containersOf(JsonNode template) {
        return Json.arrayAt(template, "template", "spec", "containers");
    }

    private static String readyOfWanted(JsonNode workload) {
        return Json.longAt(workload, 0, "status", "readyReplicas") + "/" + Json.longAt(workload, 0, "spec", "replicas");
    }

    private static String jobStatus(JsonNode job) {
        for (JsonNode condition : Json.arrayAt(job, "status", "conditions")) {
            if (Json.textAt(condition, "status").equals("True")) {
                return Json.textAt(condition, "type");
            }
        }
        return "Running";
    }

    private static String jobDuration(JsonNode job, Ages ages) {
        String start = Json.textAt(job, "status", "startTime");
        String end = Json.textAt(job, "status", "completionTime");
        if (start.isEmpty()) {
            return "";
        }
        return end.isEmpty()
                ? ages.since(start)
                : Ages.text(Duration.between(Instant.parse(start), Instant.parse(end)));
    }

    private static String owner(JsonNode object) {
        for (JsonNode owner : Json.arrayAt(object, "metadata", "ownerReferences")) {
            if (owner.path("controller").asBoolean(false)) {
                return Json.textAt(owner, "kind").toLowerCase(Locale.ROOT) + "/" + Json.textAt(owner, "name");
            }
        }
        return "<none>";
    }

    private static List<Column> with(List<Column> last, Column... first) {
        return Stream.concat(Arrays.stream(first), last.stream()).toList();
    }
}
