package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a pod says of where it runs: beside which pods, on which nodes, on which of their ports.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/core/validation}.
 */
final class PlacementCheck {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    private static final List<String> UNSATISFIABLE = List.of("DoNotSchedule", "ScheduleAnyway");

    private final Findings findings;

    PlacementCheck(Findings findings) {
        this.findings = findings;
    }

    void check(JsonNode spec, String path) {
        JsonNode nodes = spec.path("affinity").path("nodeAffinity").path(REQUIRED);
        if (nodes.isObject() && nodes.path("nodeSelectorTerms").isEmpty()) {
            findings.required(
                    path + ".affinity.nodeAffinity." + REQUIRED + ".nodeSelectorTerms",
                    "must have at least one node selector term");
        }
        for (String affinity : List.of("podAffinity", "podAntiAffinity")) {
            pods(spec.path("affinity").path(affinity), path + ".affinity." + affinity);
        }
        hostPorts(spec, path + ".containers");
        spread(spec.path("topologySpreadConstraints"), path + ".topologySpreadConstraints");
    }

    private void spread(JsonNode constraints, String path) {
        for (int i = 0; i < constraints.size(); i++) {
            String here = path + "[" + i + "]";
            JsonNode constraint = constraints.get(i);
            if (Json.longAt(constraint, 0, "maxSkew") <= 0) {
                findings.invalid(
                        here + ".maxSkew",
                        Json.number(Json.longAt(constraint, 0, "maxSkew")),
                        "must be greater than zero");
            }
            topology(constraint, here);
            String otherwise = Json.textAt(constraint, "whenUnsatisfiable");
            if (!UNSATISFIABLE.contains(otherwise)) {
                findings.unsupported(here + ".whenUnsatisfiable", otherwise, UNSATISFIABLE);
            }
        }
    }

    private void pods(JsonNode affinity, String path) {
        JsonNode required = affinity.path(REQUIRED);
        for (int i = 0; i < required.size(); i++) {
            topology(required.get(i), path + "." + REQUIRED + "[" + i + "]");
        }
        JsonNode preferred = affinity.path(PREFERRED);
        for (int i = 0; i < preferred.size(); i++) {
            topology(preferred.get(i).path("podAffinityTerm"), path + "." + PREFERRED + "[" + i + "].podAffinityTerm");
        }
    }

    private void topology(JsonNode term, String path) {
        String key = Json.textAt(term, "topologyKey");
        if (key.isEmpty()) {
            findings.required(path + ".topologyKey", "can not be empty");
        } else {
            Syntax.qualifiedName(findings, path + ".topologyKey", key);
        }
    }

    private void hostPorts(JsonNode spec, String path) {
        boolean ofNode = spec.path("hostNetwork").asBoolean(false);
        JsonNode containers = spec.path("containers");
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < containers.size(); i++) {
            JsonNode ports = containers.get(i).path("ports");
            for (int j = 0; j < ports.size(); j++) {
                JsonNode port = ports.get(j);
                long wanted = Json.longAt(port, 0, "hostPort");
                String field = path + "[" + i + "].ports[" + j + "].hostPort";
                if (ofNode && wanted != 0 && wanted != Json.longAt(port, 0, "containerPort")) {
                    findings.invalid(
                            field, Json.number(wanted), "must match `containerPort` when `hostNetwork` is true");
                }
                String place = "%s/%s/%s"
                        .formatted(
                                Json.textAt(port, "protocol"),
                                Json.textAt(port, "hostIP"),
                                Json.textAt(port, "hostPort"));
                if (wanted != 0 && !taken.add(place)) {
                    findings.duplicate(field, Json.string(place));
                }
            }
        }
    }
}
