package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A pod's volumes.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/core/validation}.
 */
final class VolumeCheck {
    private static final long LARGEST_MODE = 0_777;
    /** The usual sources, in the order in which they are judged; any other comes after them. */
    private static final List<String> SOURCES = List.of(
            "emptyDir",
            "hostPath",
            "secret",
            "nfs",
            "persistentVolumeClaim",
            "downwardAPI",
            "configMap",
            "projected",
            "csi",
            "ephemeral");

    private final Findings findings;

    VolumeCheck(Findings findings) {
        this.findings = findings;
    }

    /** Judges them; yields their names. */
    Set<String> check(JsonNode volumes, String path) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < volumes.size(); i++) {
            String here = path + "[" + i + "]";
            source(volumes.get(i), here);
            String name = Json.textAt(volumes.get(i), "name");
            if (name.isEmpty()) {
                findings.required(here + ".name", "");
            } else {
                Syntax.dnsLabel(findings, here + ".name", name);
                if (!names.add(name)) {
                    findings.duplicate(here + ".name", Json.string(name));
                }
            }
        }
        return names;
    }

    private void source(JsonNode volume, String path) {
        List<String> sources = Stream.concat(SOURCES.stream(), volume.propertyNames().stream())
                .distinct()
                .filter(field -> !field.equals("name") && volume.has(field))
                .toList();
        sources.stream()
                .skip(1)
                .forEach(more -> findings.forbidden(path + "." + more, "may not specify more than 1 volume type"));
        if (!sources.isEmpty()) {
            String kind = sources.get(0);
            source(kind, volume.path(kind), path + "." + kind);
        }
    }

    private void source(String kind, JsonNode source, String path) {
        switch (kind) {
            case "configMap" -> {
                Checks.required(findings, path + ".name", Json.textAt(source, "name"));
                files(source, path);
            }
            case "secret" -> {
                Checks.required(findings, path + ".secretName", Json.textAt(source, "secretName"));
                files(source, path);
            }
            case "hostPath" -> {
                Checks.required(findings, path + ".path", Json.textAt(source, "path"));
                noStepUp(Json.textAt(source, "path"), path + ".path");
            }
            case "persistentVolumeClaim" ->
                Checks.required(findings, path + ".claimName", Json.textAt(source, "claimName"));
            default -> {}
        }
    }

    private void files(JsonNode source, String path) {
        long mode = Json.longAt(source, 0, "defaultMode");
        if (mode < 0 || mode > LARGEST_MODE) {
            findings.invalid(
                    path + ".defaultMode",
                    Json.number(mode),
                    "must be a number between 0 and 0777 (octal), both inclusive");
        }
        JsonNode items = source.path("items");
        for (int i = 0; i < items.size(); i++) {
            String here = path + ".items[" + i + "]";
            Checks.required(findings, here + ".key", Json.textAt(items.get(i), "key"));
            String file = Json.textAt(items.get(i), "path");
            Checks.required(findings, here + ".path", file);
            if (file.startsWith("/")) {
                findings.invalid(here + ".path", Json.string(file), "must be a relative path");
            }
            noStepUp(file, here + ".path");
        }
    }

    private void noStepUp(String file, String path) {
        if (List.of(file.split("/", -1)).contains("..")) {
            findings.invalid(path, Json.string(file), "must not contain '..'");
        }
    }
}
