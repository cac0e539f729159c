package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A container's variables and where their values come from.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/core/validation} and {@code pkg/apis/core/pods} (downward fields).
 */
final class EnvironmentCheck {
    private static final List<String> SOURCES =
            List.of("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef");
    private static final Pattern ENTRY = Pattern.compile("metadata\\.(?:labels|annotations)\\['(.+)']");
    private static final Set<String> KNOWN_FIELDS = Set.of(
            "metadata.annotations", "metadata.labels", "spec.restartPolicy", "spec.schedulerName", "status.phase");
    private static final String[] FIELDS = {
        "metadata.name",
        "metadata.namespace",
        "metadata.uid",
        "spec.nodeName",
        "spec.serviceAccountName",
        "status.hostIP",
        "status.hostIPs",
        "status.podIP",
        "status.podIPs"
    };
    private static final String[] RESOURCES = {
        "limits.cpu",
        "limits.ephemeral-storage",
        "limits.memory",
        "requests.cpu",
        "requests.ephemeral-storage",
        "requests.memory"
    };

    private final Findings findings;

    EnvironmentCheck(Findings findings) {
        this.findings = findings;
    }

    /** The variables, one by one. */
    void variables(JsonNode env, String path) {
        for (int i = 0; i < env.size(); i++) {
            String here = path + "[" + i + "]";
            JsonNode variable = env.get(i);
            String name = Json.textAt(variable, "name");
            if (name.isEmpty()) {
                findings.required(here + ".name", "");
            } else if (name.indexOf('=') >= 0) {
                findings.invalid(
                        here + ".name",
                        Json.string(name),
                        "a valid environment variable name must consist only of printable ASCII characters "
                                + "other than '='");
            }
            if (variable.has("valueFrom")) {
                source(variable, here + ".valueFrom");
            }
        }
    }

    private void source(JsonNode variable, String path) {
        JsonNode from = variable.path("valueFrom");
        if (!Json.textAt(variable, "value").isEmpty()) {
            findings.invalid(path, Json.string(""), "may not be specified when `value` is not empty");
        } else if (from.isEmpty()) {
            findings.invalid(
                    path,
                    Json.string(""),
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
        } else if (from.size() > 1) {
            findings.invalid(path, Json.string(""), "may not have more than one field specified at a time");
        }
        for (String source : SOURCES) {
            if (from.has(source)) {
                source(source, from.path(source), path + "." + source);
            }
        }
    }

    private void source(String kind, JsonNode source, String path) {
        switch (kind) {
            case "fieldRef" -> field(Json.textAt(source, "fieldPath"), path + ".fieldPath");
            case "resourceFieldRef" -> {
                String resource = Json.textAt(source, "resource");
                Checks.required(findings, path + ".resource", resource);
                Checks.oneOf(findings, path + ".resource", resource, RESOURCES);
            }
            default -> {
                Syntax.dnsName(findings, path + ".name", Json.textAt(source, "name"));
                Checks.required(findings, path + ".key", Json.textAt(source, "key"));
            }
        }
    }

    private void field(String field, String path) {
        Matcher entry = ENTRY.matcher(field);
        if (field.isEmpty()) {
            findings.required(path, "");
        } else if (entry.matches()) {
            Syntax.qualifiedName(findings, path, entry.group(1));
        } else if (KNOWN_FIELDS.contains(field) || List.of(FIELDS).contains(field)) {
            Checks.oneOf(findings, path, field, FIELDS);
        } else {
            findings.invalid(
                    path, Json.string(field), "error converting fieldPath: field label not supported: " + field);
        }
    }

    /** The ConfigMaps and Secrets that are taken whole. */
    void whole(JsonNode sources, String path) {
        for (int i = 0; i < sources.size(); i++) {
            JsonNode source = sources.get(i);
            boolean map = source.has("configMapRef");
            boolean secret = source.has("secretRef");
            if (!map && !secret) {
                findings.invalid(path, Json.string(""), "must specify one of: `configMapRef` or `secretRef`");
            } else if (map && secret) {
                findings.invalid(path, Json.string(""), "may not have more than one field specified at a time");
            }
            for (String kind : List.of("configMapRef", "secretRef")) {
                if (source.has(kind)) {
                    Checks.required(
                            findings, path + "[" + i + "]." + kind + ".name", Json.textAt(source, kind, "name"));
                }
            }
        }
    }
}
