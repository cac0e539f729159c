package dev.firedrill.harness.cluster.embedded.apiserver.patch;

import static dev.firedrill.harness.cluster.embedded.apiserver.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.cluster.embedded.apiserver.schema.ModelTypes;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ObjectType;
import org.junit.jupiter.api.Test;

class StrategicMergePatchTest {
    private static final String CORE = "io.fabric8.kubernetes.api.model.";

    private static void assertPatched(String model, String target, String patch, String expected) {
        ObjectType type = ModelTypes.of(CORE + model);
        assertThat(StrategicMergePatch.apply(object(target), object(patch), type))
                .isEqualTo(object(expected));
    }

    @Test
    void items_are_found_by_their_key_and_new_ones_come_first() {
        assertPatched(
                "PodSpec",
                "{containers: [{name: a, image: a:1}, {name: b, image: b:1}]}",
                "{containers: [{name: c, image: c:1}, {name: b, image: b:2}]}",
                "{containers: [{name: c, image: c:1}, {name: a, image: a:1}, {name: b, image: b:2}]}");
    }

    @Test
    void a_null_removes_and_lists_without_a_key_are_replaced() {
        assertPatched(
                "PodSpec",
                "{hostname: x, containers: [{name: a, command: [sleep, '1'], tty: true}]}",
                "{hostname: null, containers: [{name: a, command: [date], tty: null}]}",
                "{containers: [{name: a, command: [date]}]}");
    }

    @Test
    void a_list_where_there_was_none_is_what_the_patch_says() {
        String ports = "[{containerPort: 53, protocol: UDP}, {containerPort: 53, protocol: TCP}]";
        assertPatched(
                "PodSpec",
                "{containers: [{name: a}]}",
                "{containers: [{name: a, ports: " + ports + "}, {name: b, ports: " + ports + "}]}",
                "{containers: [{name: a, ports: " + ports + "}, {name: b, ports: " + ports + "}]}");
        assertPatched(
                "PodSpec",
                "{}",
                "{containers: [{name: a, $patch: delete}, {$patch: replace}, {name: b, image: null}]}",
                "{containers: [{name: b}]}");
    }

    @Test
    void an_item_is_deleted_by_directive() {
        assertPatched(
                "PodSpec",
                "{containers: [{name: a}, {name: b}]}",
                "{containers: [{name: a, $patch: delete}]}",
                "{containers: [{name: b}]}");
    }

    @Test
    void a_list_is_replaced_by_directive() {
        assertPatched(
                "PodSpec",
                "{containers: [{name: a}, {name: b}]}",
                "{containers: [{name: c}, {$patch: replace}]}",
                "{containers: [{name: c}]}");
    }

    @Test
    void an_object_is_replaced_or_deleted_by_directive() {
        assertPatched(
                "ObjectMeta",
                "{labels: {a: '1'}, annotations: {x: y}}",
                "{labels: {$patch: replace, b: '2'}, annotations: {$patch: delete}}",
                "{labels: {b: '2'}}");
    }

    @Test
    void the_order_of_elements_is_set_and_strangers_keep_their_place() {
        assertPatched(
                "PodSpec",
                "{containers: [{name: a}, {name: stranger}, {name: b}]}",
                "{$setElementOrder/containers: [{name: b}, {name: a}], containers: [{name: a, image: x}]}",
                "{containers: [{name: stranger}, {name: b}, {name: a, image: x}]}");
    }

    @Test
    void scalars_are_united_and_deleted_one_by_one() {
        assertPatched(
                "ObjectMeta",
                "{finalizers: [a.b/c, d.e/f]}",
                "{finalizers: [g.h/i], $deleteFromPrimitiveList/finalizers: [a.b/c]}",
                "{finalizers: [g.h/i, d.e/f]}");
    }

    @Test
    void keys_that_are_not_retained_go() {
        assertPatched(
                "apps.DeploymentSpec",
                "{strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}}",
                "{strategy: {$retainKeys: [type], type: Recreate}}",
                "{strategy: {type: Recreate}}");
    }

    @Test
    void ports_of_a_service_are_told_apart_by_port() {
        assertPatched(
                "ServiceSpec",
                "{ports: [{port: 80, name: a}, {port: 81, name: b}]}",
                "{ports: [{port: 81, name: c}]}",
                "{ports: [{port: 80, name: a}, {port: 81, name: c}]}");
    }

    @Test
    void an_item_without_its_key_is_refused() {
        ObjectType type = ModelTypes.of(CORE + "PodSpec");
        assertThatThrownBy(() -> StrategicMergePatch.apply(
                        object("{containers: [{name: a}]}"), object("{containers: [{image: x}]}"), type))
                .hasMessageContaining("does not contain declared merge key: name");
    }
}
