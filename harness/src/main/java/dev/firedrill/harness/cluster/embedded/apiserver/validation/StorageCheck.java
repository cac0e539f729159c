package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * PersistentVolumes and the claims to them.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/core/validation} (reasons and wording).
 */
final class StorageCheck {
    private static final List<String> MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");

    /** What is not the type of a volume. */
    private static final Set<String> COMMON = Set.of(
            "accessModes",
            "capacity",
            "claimRef",
            "mountOptions",
            "nodeAffinity",
            "persistentVolumeReclaimPolicy",
            "storageClassName",
            "volumeAttributesClassName",
            "volumeMode");

    private final Findings findings;

    StorageCheck(Findings findings) {
        this.findings = findings;
    }

    void claim(JsonNode spec) {
        if (spec.path("accessModes").isEmpty()) {
            findings.required("spec.accessModes", "at least 1 access mode is required");
        }
        if (Json.textAt(spec, "resources", "requests", "storage").isEmpty()) {
            findings.required("spec.resources[storage]", "");
        }
    }

    void volume(JsonNode spec) {
        if (spec.path("accessModes").isEmpty()) {
            findings.required("spec.accessModes", "");
        }
        for (JsonNode mode : spec.path("accessModes")) {
            if (!MODES.contains(mode.asString(""))) {
                findings.unsupported("spec.accessModes", mode.asString(""), MODES);
            }
        }
        JsonNode capacity = spec.path("capacity");
        if (capacity.isEmpty()) {
            findings.required("spec.capacity", "");
        }
        if (capacity.size() != 1 || !capacity.has("storage")) {
            findings.unsupportedObject("spec.capacity", spec.get("capacity"), List.of("storage"));
        }
        if (spec.has("local") && spec.path("nodeAffinity").isEmpty()) {
            findings.required("spec.nodeAffinity", "Local volume requires node affinity");
        }
        if (COMMON.containsAll(spec.propertyNames())) {
            findings.required("spec", "must specify a volume type");
        }
        Checks.oneOf(
                findings,
                "spec.persistentVolumeReclaimPolicy",
                Json.textAt(spec, "persistentVolumeReclaimPolicy"),
                "Delete",
                "Recycle",
                "Retain");
        Checks.oneOf(findings, "spec.volumeMode", Json.textAt(spec, "volumeMode"), "Block", "Filesystem");
    }
}
