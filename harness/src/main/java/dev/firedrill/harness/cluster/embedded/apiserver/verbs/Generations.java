package dev.firedrill.harness.cluster.embedded.apiserver.verbs;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Counts the changes of what an object asks for, so that controllers can say which of them they have seen. */
final class Generations {
    private static final String DEPLOYMENTS = "deployments.apps";
    private static final Set<String> COUNTED = Set.of(
            "pods",
            "replicationcontrollers",
            DEPLOYMENTS,
            "replicasets.apps",
            "statefulsets.apps",
            "daemonsets.apps",
            "jobs.batch",
            "cronjobs.batch",
            "endpointslices.discovery.k8s.io",
            "flowschemas.flowcontrol.apiserver.k8s.io",
            "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
            "resourceslices.resource.k8s.io",
            "deviceclasses.resource.k8s.io",
            "ingresses.networking.k8s.io",
            "ingressclasses.networking.k8s.io",
            "networkpolicies.networking.k8s.io",
            "poddisruptionbudgets.policy",
            "podtemplates",
            "priorityclasses.scheduling.k8s.io");
    private static final String SLICES = "endpointslices.discovery.k8s.io";

    private static final String DAEMONS = "daemonsets.apps";
    /** Where an API server shows how often the template of a DaemonSet was changed; nobody else may. */
    private static final String TEMPLATES = "deprecated.daemonset.template.generation";

    private Generations() {}

    /** Begins to count, in the metadata of a new object. */
    static void begin(ResourceKind kind, ObjectNode metadata) {
        if (counted(kind)) {
            metadata.put("generation", 1);
        }
        if (kind.storage().equals(DAEMONS)) {
            metadata.withObjectProperty("annotations").put(TEMPLATES, "1");
        }
    }

    private static boolean counted(ResourceKind kind) {
        return COUNTED.contains(kind.storage());
    }

    /** Counts a change. Annotations count with a Deployment alone, and only if they are not changed with its status. */
    static void count(ResourceKind kind, Scope scope, ObjectNode before, ObjectNode after) {
        if (!counted(kind)) {
            return;
        }
        long generation = Json.longAt(before, 1, "metadata", "generation");
        boolean changed =
                switch (kind.storage()) {
                    case SLICES ->
                        differ(before, after, "endpoints")
                                || differ(before, after, "ports")
                                || differs("labels", before, after);
                    case DEPLOYMENTS ->
                        isAnother(kind, before, after)
                                || (scope != Scope.STATUS && differs("annotations", before, after));
                    default -> isAnother(kind, before, after);
                };
        ObjectNode metadata = after.withObjectProperty("metadata");
        metadata.set("generation", Json.number(changed ? generation + 1 : generation));
        if (kind.storage().equals(DAEMONS)) {
            String count = Json.textAt(before, "metadata", "annotations", TEMPLATES);
            boolean another = !Objects.equals(Json.at(before, "spec", "template"), Json.at(after, "spec", "template"));
            metadata.withObjectProperty("annotations")
                    .put(TEMPLATES, another ? Long.toString(Long.parseLong(count) + 1) : count);
        }
    }

    /** The spec; where a pod runs is no part of what is asked for. */
    private static @Nullable JsonNode asked(ResourceKind kind, ObjectNode object) {
        if (kind.storage().equals("podtemplates")) {
            return object.get("template");
        }
        JsonNode spec = object.get("spec");
        if (kind.storage().equals("pods") && spec instanceof ObjectNode pod && pod.has("nodeName")) {
            ObjectNode asked = pod.objectNode();
            asked.setAll(pod);
            asked.remove("nodeName");
            return asked;
        }
        return spec;
    }

    private static boolean isNewlyDeleted(ObjectNode before, ObjectNode after) {
        return Json.textAt(before, "metadata", "deletionTimestamp").isEmpty()
                && !Json.textAt(after, "metadata", "deletionTimestamp").isEmpty();
    }

    private static boolean isAnother(ResourceKind kind, ObjectNode before, ObjectNode after) {
        return !Objects.equals(asked(kind, before), asked(kind, after)) || isNewlyDeleted(before, after);
    }

    private static boolean differs(String metadata, ObjectNode before, ObjectNode after) {
        return !Objects.equals(Json.objectAt(before, "metadata", metadata), Json.objectAt(after, "metadata", metadata));
    }

    private static boolean differ(ObjectNode before, ObjectNode after, String field) {
        return !Objects.equals(before.get(field), after.get(field));
    }
}
