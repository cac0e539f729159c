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
    private static final Set<String> COUNTED = Set.of(
            "pods",
            "replicationcontrollers",
            "deployments.apps",
            "replicasets.apps",
            "statefulsets.apps",
            "daemonsets.apps",
            "jobs.batch",
            "cronjobs.batch",
            "endpointslices.discovery.k8s.io",
            "ingresses.networking.k8s.io",
            "ingressclasses.networking.k8s.io",
            "networkpolicies.networking.k8s.io",
            "poddisruptionbudgets.policy");
    private static final String SLICES = "endpointslices.discovery.k8s.io";

    private Generations() {}

    static boolean counted(ResourceKind kind) {
        return COUNTED.contains(kind.storage());
    }

    static void count(ResourceKind kind, ObjectNode before, ObjectNode after) {
        if (!counted(kind)) {
            return;
        }
        long generation = Json.longAt(before, 1, "metadata", "generation");
        boolean changed = kind.storage().equals(SLICES)
                ? differ(before, after, "endpoints") || differ(before, after, "ports")
                : !Objects.equals(asked(kind, before), asked(kind, after)) || isNewlyDeleted(before, after);
        after.withObjectProperty("metadata").set("generation", Json.number(changed ? generation + 1 : generation));
    }

    /** The spec; where a pod runs is no part of what is asked for. */
    private static @Nullable JsonNode asked(ResourceKind kind, ObjectNode object) {
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

    private static boolean differ(ObjectNode before, ObjectNode after, String field) {
        return !Objects.equals(before.get(field), after.get(field));
    }
}
