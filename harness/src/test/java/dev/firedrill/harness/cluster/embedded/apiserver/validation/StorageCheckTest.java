package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import static dev.firedrill.harness.cluster.embedded.apiserver.Trees.object;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class StorageCheckTest {
    private static final ResourceKind VOLUMES = KindTable.of("", "persistentvolumes");

    private static ObjectNode local(String where) {
        return object("{metadata: {name: disk}, spec: {accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, "
                + "persistentVolumeReclaimPolicy: Retain, volumeMode: Filesystem, local: {path: /b}" + where + "}}");
    }

    @Test
    void a_local_volume_says_on_which_node_it_is() {
        assertThatThrownBy(() -> Validation.create(VOLUMES, local("")))
                .hasMessage("PersistentVolume \"disk\" is invalid: "
                        + "spec.nodeAffinity: Required value: Local volume requires node affinity");
        assertThatCode(() -> Validation.create(
                        VOLUMES,
                        local(", nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: "
                                + "[{key: a, operator: Exists}]}]}}")))
                .doesNotThrowAnyException();
    }
}
