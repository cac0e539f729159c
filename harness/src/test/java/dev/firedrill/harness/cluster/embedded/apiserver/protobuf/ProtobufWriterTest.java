package dev.firedrill.harness.cluster.embedded.apiserver.protobuf;

import static dev.firedrill.harness.cluster.embedded.apiserver.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ProtobufWriterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {x: y}, generation: 300,"
                        + " creationTimestamp: '2026-01-02T03:04:05Z', managedFields: [{manager: m, operation: Update,"
                        + " fieldsV1: {'f:data': {'f:a': {}}}}]}, data: {a: '', b: ü}, binaryData: {c: AQID},"
                        + " immutable: true}",
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {replicas: 0, selector:"
                        + " {matchLabels: {a: b}}, strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%,"
                        + " maxUnavailable: 1}}, template: {metadata: {}, spec: {containers: [{name: c, image: i,"
                        + " resources: {limits: {cpu: 100m}}, envFrom: [{configMapRef: {name: e}}]}],"
                        + " volumes: [{name: v, emptyDir: {}}]}}}, status: {}}",
                "{apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: l}, spec: {holderIdentity: me,"
                        + " renewTime: '2026-01-02T03:04:05.000006Z', leaseTransitions: 0}}"
            })
    void what_is_written_is_read_as_the_same(String yaml) {
        ObjectNode tree = object(yaml);

        assertThat(ProtobufReader.read(ProtobufWriter.write(tree).orElseThrow()))
                .isEqualTo(tree);
    }

    @Test
    void a_list_has_its_version_and_its_items() {
        byte[] bytes = ProtobufWriter.write(
                        object("{apiVersion: v1, kind: NamespaceList, metadata: {resourceVersion: '7'},"
                                + " items: [{metadata: {name: a}}]}"))
                .orElseThrow();

        String type = "0a13" + "0a027631" + "120d4e616d6573706163654c697374";
        String list = "120c" + "0a03120137" + "12050a030a0161";
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("6b387300" + type + list);
    }

    @Test
    void a_kind_of_unknown_fields_is_not_written() {
        assertThat(ProtobufWriter.write(object("{apiVersion: example.com/v1, kind: Toy}")))
                .isEmpty();
        assertThat(ProtobufWriter.write(object("{apiVersion: example.com/v1, kind: ToyList}")))
                .isEmpty();
    }
}
