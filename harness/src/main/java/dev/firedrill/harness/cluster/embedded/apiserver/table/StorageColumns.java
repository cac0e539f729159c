package dev.firedrill.harness.cluster.embedded.apiserver.table;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The columns of volumes and of what asks for them. */
final class StorageColumns {
    /** How kubectl shortens the ways in which a volume may be used. */
    private static final Map<String, String> MODES =
            Map.of("ReadWriteOnce", "RWO", "ReadOnlyMany", "ROX", "ReadWriteMany", "RWX", "ReadWriteOncePod", "RWOP");

    private StorageColumns() {}

    static Map<String, List<Column>> all() {
        return Map.of(
                "persistentvolumeclaims",
                claims(),
                "persistentvolumes",
                volumes(),
                "storageclasses.storage.k8s.io",
                classes(),
                "csidrivers.storage.k8s.io",
                drivers(),
                "csinodes.storage.k8s.io",
                List.of(Column.NAME, Column.count("Drivers", "spec", "drivers").typed("integer"), Column.AGE),
                "csistoragecapacities.storage.k8s.io",
                List.of(
                        Column.NAME,
                        Column.text("StorageClassName", "storageClassName"),
                        Column.textOr("<unset>", "Capacity", "capacity")),
                "volumeattachments.storage.k8s.io",
                attachments(),
                "volumeattributesclasses.storage.k8s.io",
                List.of(Column.NAME, Column.text("DriverName", "driverName"), Column.AGE));
    }

    private static List<Column> claims() {
        return List.of(
                Column.NAME,
                Column.text("Status", "status", "phase"),
                Column.text("Volume", "spec", "volumeName"),
                Column.text("Capacity", "status", "capacity", "storage"),
                Column.text("Access Modes", claim -> modes(claim, "status")),
                Column.text("StorageClass", "spec", "storageClassName"),
                Column.textOr("<unset>", "VolumeAttributesClass", "spec", "volumeAttributesClassName"),
                Column.AGE,
                Column.textOr("<unset>", "VolumeMode", "spec", "volumeMode").whenWide());
    }

    private static List<Column> volumes() {
        return List.of(
                Column.NAME,
                Column.text("Capacity", "spec", "capacity", "storage"),
                Column.text("Access Modes", volume -> modes(volume, "spec")),
                Column.text("Reclaim Policy", "spec", "persistentVolumeReclaimPolicy"),
                Column.text("Status", "status", "phase"),
                Column.text("Claim", StorageColumns::claim),
                Column.text("StorageClass", "spec", "storageClassName"),
                Column.textOr("<unset>", "VolumeAttributesClass", "spec", "volumeAttributesClassName"),
                Column.text("Reason", "status", "reason"),
                Column.AGE,
                Column.textOr("<unset>", "VolumeMode", "spec", "volumeMode").whenWide());
    }

    private static List<Column> classes() {
        return List.of(
                Column.NAME,
                Column.text("Provisioner", "provisioner"),
                Column.text("ReclaimPolicy", "reclaimPolicy"),
                Column.text("VolumeBindingMode", "volumeBindingMode"),
                Column.flag("AllowVolumeExpansion", false, "allowVolumeExpansion")
                        .typed("string"),
                Column.AGE);
    }

    private static List<Column> drivers() {
        return List.of(
                Column.NAME,
                Column.flag("AttachRequired", true, "spec", "attachRequired"),
                Column.flag("PodInfoOnMount", false, "spec", "podInfoOnMount"),
                Column.flag("StorageCapacity", false, "spec", "storageCapacity"),
                Column.text("TokenRequests", StorageColumns::audiences),
                Column.flag("RequiresRepublish", false, "spec", "requiresRepublish"),
                Column.text("Modes", driver -> Texts.orNone(joined(driver, "volumeLifecycleModes"))),
                Column.AGE);
    }

    private static String audiences(JsonNode driver) {
        List<String> audiences = new ArrayList<>();
        Json.arrayAt(driver, "spec", "tokenRequests").forEach(token -> audiences.add(Json.textAt(token, "audience")));
        return audiences.isEmpty() ? "<unset>" : String.join(",", audiences);
    }

    private static String joined(JsonNode object, String field) {
        List<String> texts = new ArrayList<>();
        Json.arrayAt(object, "spec", field).forEach(text -> texts.add(text.asString("")));
        return String.join(",", texts);
    }

    private static List<Column> attachments() {
        return List.of(
                Column.NAME,
                Column.text("Attacher", "spec", "attacher"),
                Column.text("PV", "spec", "source", "persistentVolumeName"),
                Column.text("Node", "spec", "nodeName"),
                Column.flag("Attached", false, "status", "attached"),
                Column.AGE);
    }

    private static String modes(JsonNode object, String part) {
        List<String> modes = new ArrayList<>();
        for (JsonNode mode : Json.arrayAt(object, part, "accessModes")) {
            modes.add(MODES.getOrDefault(mode.asString(), mode.asString()));
        }
        return String.join(",", modes);
    }

    private static String claim(JsonNode volume) {
        String name = Json.textAt(volume, "spec", "claimRef", "name");
        return name.isEmpty() ? "" : Json.textAt(volume, "spec", "claimRef", "namespace") + "/" + name;
    }
}
