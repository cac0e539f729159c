package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What volumes, their sources, the claims to them and their classes say if their author says nothing.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/core/v1/defaults.go}, {@code pkg/apis/storage/v1/defaults.go} and
 * {@code pkg/registry/core/persistentvolume}.
 */
final class StorageDefaults {
    private StorageDefaults() {}

    static void claim(ObjectNode claim) {
        claimSpec(Fill.object(claim, "spec"));
        Fill.text(Fill.object(claim, "status"), "phase", "Pending");
    }

    /** A claim's template is a whole claim in a StatefulSet. */
    static void embeddedClaim(ObjectNode template) {
        template.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
        claim(template);
    }

    /** A claim's template is what to ask for in a pod. */
    static void ephemeral(ObjectNode source) {
        Fill.within(source, "volumeClaimTemplate", template -> {
            Fill.object(template, "metadata");
            Fill.within(template, "spec", StorageDefaults::claimSpec);
        });
    }

    private static void claimSpec(ObjectNode spec) {
        Fill.text(spec, "volumeMode", "Filesystem");
    }

    /** A volume that is new waits, from the moment at which it was made. */
    static void volume(ObjectNode volume) {
        ObjectNode spec = Fill.object(volume, "spec");
        Fill.text(spec, "persistentVolumeReclaimPolicy", "Retain");
        Fill.text(spec, "volumeMode", "Filesystem");
        source(spec);
        ObjectNode status = Fill.object(volume, "status");
        if (Json.textAt(status, "phase").isEmpty()) {
            status.put("phase", "Pending");
            status.put("lastPhaseTransitionTime", Json.textAt(volume, "metadata", "creationTimestamp"));
        }
    }

    /** Of a volume, in a pod or for itself. */
    static void source(ObjectNode volume) {
        Fill.within(volume, "hostPath", path -> path.putIfAbsent("type", Json.string("")));
        Fill.within(volume, "iscsi", iscsi -> Fill.text(iscsi, "iscsiInterface", "default"));
        Fill.within(volume, "rbd", rbd -> {
            Fill.text(rbd, "pool", "rbd");
            Fill.text(rbd, "user", "admin");
            Fill.text(rbd, "keyring", "/etc/ceph/keyring");
        });
        Fill.within(volume, "scaleIO", disk -> {
            Fill.text(disk, "storageMode", "ThinProvisioned");
            Fill.text(disk, "fsType", "xfs");
        });
    }

    static void driver(ObjectNode spec) {
        Fill.flag(spec, "attachRequired", true);
        Fill.flag(spec, "podInfoOnMount", false);
        Fill.flag(spec, "storageCapacity", false);
        Fill.flag(spec, "requiresRepublish", false);
        Fill.flag(spec, "seLinuxMount", false);
        Fill.text(spec, "fsGroupPolicy", "ReadWriteOnceWithFSType");
        Fill.list(spec, "volumeLifecycleModes", List.of("Persistent"));
    }

    static void storageClass(ObjectNode storage) {
        Fill.text(storage, "reclaimPolicy", "Delete");
        Fill.text(storage, "volumeBindingMode", "Immediate");
    }
}
