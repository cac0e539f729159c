package dev.firedrill.harness.cluster.embedded.apiserver.schema;

import static dev.firedrill.harness.cluster.embedded.apiserver.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class FieldCheckTest {
    private static final ObjectType DEPLOYMENT = ModelTypes.of(KindTable.of("apps", "deployments"));

    static List<ResourceKind> kinds() {
        return KindTable.all();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void every_kind_has_a_model(ResourceKind kind) {
        assertThat(ModelTypes.of(kind).fields()).containsKeys("apiVersion", "kind", "metadata");
    }

    @Test
    void unknown_fields_are_named_by_path_and_go() {
        ObjectNode deployment =
                object("{kind: Deployment, spec: {replica: 1, template: {spec: {containers: [{name: a, imge: x}]}}}}");
        assertThat(FieldCheck.clean(deployment, DEPLOYMENT))
                .containsExactlyInAnyOrder("spec.replica", "spec.template.spec.containers[0].imge");
        assertThat(deployment)
                .isEqualTo(object("{kind: Deployment, spec: {template: {spec: {containers: [{name: a}]}}}}"));
    }

    @Test
    void nulls_are_absent_and_amounts_are_texts() {
        ObjectNode deployment = object("{metadata: {creationTimestamp: null}, spec: {template: {spec: {containers: "
                + "[{resources: {limits: {cpu: 1, memory: 1Gi}}}]}}}}");
        assertThat(FieldCheck.clean(deployment, DEPLOYMENT)).isEmpty();
        assertThat(deployment)
                .isEqualTo(object("{metadata: {}, spec: {template: {spec: {containers: "
                        + "[{resources: {limits: {cpu: '1', memory: 1Gi}}}]}}}}"));
    }

    @Test
    void a_wrong_type_is_refused_as_go_would() {
        assertThatThrownBy(() -> FieldCheck.clean(object("{spec: {replicas: two}}"), DEPLOYMENT))
                .hasMessage("json: cannot unmarshal string into Go struct field "
                        + "DeploymentSpec.spec.replicas of type int32");
        assertThatThrownBy(() -> FieldCheck.clean(object("{spec: []}"), DEPLOYMENT))
                .isInstanceOf(WrongTypeException.class);
    }

    @Test
    void a_bad_amount_is_refused() {
        ObjectNode deployment =
                object("{spec: {template: {spec: {containers: [{resources: {limits: {cpu: lots}}}]}}}}");
        assertThatThrownBy(() -> FieldCheck.clean(deployment, DEPLOYMENT))
                .hasMessageStartingWith("quantities must match the regular expression");
    }
}
