package dev.firedrill.harness.cluster.embedded.apiserver.apply;

import static dev.firedrill.harness.cluster.embedded.apiserver.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.patch.MergePatch;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ServerSideApplyTest {
    private static final ResourceKind DEPLOYMENTS = KindTable.of("apps", "deployments");
    private static final String NOW = "2024-06-04T02:36:00Z";
    private static final String WANTED = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: api, labels: {app: api}}
            spec:
              replicas: 2
              template: {spec: {containers: [{name: main, image: 'api:1', env: [{name: A, value: a}]}]}}
            """;

    private static ObjectNode apply(String manager, boolean force, ObjectNode live, String wanted) {
        return new ServerSideApply(DEPLOYMENTS, manager, "", force, NOW).apply(live, object(wanted));
    }

    private static ObjectNode updated(ObjectNode before, String manager, String patch) {
        ObjectNode after = (ObjectNode) MergePatch.apply(before.deepCopy(), object(patch));
        ManagedFields.updated(DEPLOYMENTS, before, after, manager, "", NOW);
        return after;
    }

    @Test
    void what_is_applied_is_recorded_field_by_field() {
        ObjectNode applied = apply("kubectl", false, Json.object(), WANTED);
        assertThat(Json.arrayAt(applied, "metadata", "managedFields")).hasSize(1);
        assertThat(Json.arrayAt(applied, "metadata", "managedFields").get(0).get("fieldsV1"))
                .isEqualTo(object("""
                                f:metadata: {f:labels: {f:app: {}}}
                                f:spec:
                                  f:replicas: {}
                                  f:template:
                                    f:spec:
                                      f:containers:
                                        'k:{"name":"main"}':
                                          .: {}
                                          f:name: {}
                                          f:image: {}
                                          f:env:
                                            'k:{"name":"A"}': {.: {}, f:name: {}, f:value: {}}
                                """));
    }

    @Test
    void what_is_still_wanted_keeps_what_it_is_in() {
        ObjectNode live = object("{metadata: {name: api, labels: {app: api, x: y}}}");
        ManagedFields.created(DEPLOYMENTS, live, "kubectl", NOW);
        ObjectNode entry =
                (ObjectNode) live.path("metadata").path("managedFields").get(0);
        assertThat(entry.path("fieldsV1").path("f:metadata").path("f:labels").has("."))
                .isTrue();
        entry.put("operation", "Apply"); // as kubectl takes over what it applied without the server's help

        ObjectNode applied = apply("kubectl", false, live, "{metadata: {name: api, labels: {app: api}}}");

        assertThat(applied.path("metadata").path("labels")).isEqualTo(object("{app: api}"));
    }

    @Test
    void what_is_no_record_does_not_replace_one() {
        ObjectNode live = apply("kubectl", false, Json.object(), WANTED);
        ObjectNode wrong = updated(live, "hand", """
                metadata:
                  managedFields:
                    - {manager: m, operation: Update, apiVersion: apps/v1, fieldsV1: {'': {}, 'f:spec': 1}}
                spec: {replicas: 3}
                """);
        assertThat(Json.arrayAt(wrong, "metadata", "managedFields")
                        .valueStream()
                        .map(entry -> Json.textAt(entry, "manager")))
                .containsExactly("kubectl", "hand");
    }

    @Test
    void a_record_is_written_in_order() {
        ObjectNode applied = apply("kubectl", false, Json.object(), WANTED);
        assertThat(Json.text(Json.arrayAt(applied, "metadata", "managedFields").get(0)))
                .contains("{\".\":{},\"f:env\":{\"k:{\\\"name\\\":\\\"A\\\"}\":"
                        + "{\".\":{},\"f:name\":{},\"f:value\":{}}},\"f:image\":{},\"f:name\":{}}");
    }

    @Test
    void a_field_that_is_no_longer_wanted_goes() {
        ObjectNode live = apply("kubectl", false, Json.object(), WANTED);
        ObjectNode next = apply("kubectl", false, live, WANTED.replace("  replicas: 2\n", ""));
        assertThat(next.path("spec").has("replicas")).isFalse();
    }

    @Test
    void a_field_that_somebody_else_wants_too_stays() {
        ObjectNode live = apply("kubectl", false, Json.object(), WANTED);
        live = apply("scaler", false, live, "{spec: {replicas: 2}}");
        ObjectNode next = apply("kubectl", false, live, WANTED.replace("  replicas: 2\n", ""));
        assertThat(Json.longAt(next, 0, "spec", "replicas")).isEqualTo(2);
    }

    @Test
    void an_item_of_a_list_that_is_no_longer_wanted_goes() {
        ObjectNode live = apply("kubectl", false, Json.object(), WANTED);
        ObjectNode next = apply("kubectl", false, live, WANTED.replace(", env: [{name: A, value: a}]", ""));
        assertThat(Json.text(next)).doesNotContain("\"env\"");
    }

    @Test
    void another_managers_value_is_a_conflict_that_names_them() {
        ObjectNode live = apply("kubectl", false, Json.object(), WANTED);
        ObjectNode scaled = updated(live, "kubectl-scale", "{spec: {replicas: 5}}");
        assertThatThrownBy(() -> apply("kubectl", false, scaled, WANTED))
                .isInstanceOf(StatusException.class)
                .hasMessage(
                        "Apply failed with 1 conflict: conflict with \"kubectl-scale\" using apps/v1: .spec.replicas");
    }

    private static ObjectNode clientSide() {
        ObjectNode made = object("""
                metadata:
                  labels: {app: api}
                  annotations:
                    kubectl.kubernetes.io/last-applied-configuration: '{"apiVersion":"apps/v1","spec":{"replicas":5}}'
                spec: {replicas: 5}
                """);
        ManagedFields.created(DEPLOYMENTS, made, "kubectl-client-side-apply", NOW);
        return made;
    }

    @Test
    void what_kubectl_applied_on_the_clients_side_is_no_conflict_for_it() {
        ObjectNode next = apply("kubectl", false, clientSide(), "{apiVersion: apps/v1, spec: {replicas: 2}}");
        assertThat(Json.longAt(next, 0, "spec", "replicas")).isEqualTo(2);
        assertThat(Json.textAt(next, "metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"))
                .isEqualTo("{\"apiVersion\":\"apps/v1\",\"spec\":{\"replicas\":2}}\n");
    }

    @Test
    void it_is_one_for_others_and_where_somebody_has_changed_it_since() {
        assertThatThrownBy(() -> apply("other", false, clientSide(), "{spec: {replicas: 2}}"))
                .hasMessageEndingWith("\"kubectl-client-side-apply\" using apps/v1: .spec.replicas");
        ObjectNode scaled = updated(clientSide(), "hand", "{spec: {replicas: 7}}");
        assertThatThrownBy(() -> apply("kubectl", false, scaled, "{spec: {replicas: 2}}"))
                .hasMessageEndingWith("\"hand\" using apps/v1: .spec.replicas");
        assertThatThrownBy(() -> apply("kubectl", false, clientSide(), "{metadata: {labels: {app: web}}}"))
                .hasMessageEndingWith("\"kubectl-client-side-apply\" using apps/v1: .metadata.labels.app");
    }

    @Test
    void managers_of_conflicts_are_named_in_alphabetical_order() {
        ObjectNode live = apply("zoe", false, Json.object(), WANTED);
        live = apply("bob", false, live, WANTED);
        ObjectNode mine = live;
        assertThatThrownBy(() -> apply("carl", false, mine, WANTED.replace("replicas: 2", "replicas: 3")))
                .hasMessageContaining("conflicts with \"bob\":\n- .spec.replicas\nconflicts with \"zoe\":\n");
    }

    @Test
    void force_takes_the_field() {
        ObjectNode live = apply("kubectl", false, Json.object(), WANTED);
        ObjectNode scaled = updated(live, "kubectl-scale", "{spec: {replicas: 5}}");
        ObjectNode forced = apply("kubectl", true, scaled, WANTED);
        assertThat(Json.longAt(forced, 0, "spec", "replicas")).isEqualTo(2);
        assertThat(Json.text(forced)).doesNotContain("kubectl-scale");
    }

    @Test
    void two_managers_add_containers_side_by_side() {
        ObjectNode live = apply("kubectl", false, Json.object(), WANTED);
        ObjectNode both =
                apply("mesh", false, live, "{spec: {template: {spec: {containers: [{name: side, image: 'side:1'}]}}}}");
        assertThat(Json.arrayAt(both, "spec", "template", "spec", "containers"))
                .extracting(container -> Json.textAt(container, "name"))
                .containsExactlyInAnyOrder("main", "side");
        ObjectNode without = apply("mesh", false, both, "{spec: {}}");
        assertThat(Json.arrayAt(without, "spec", "template", "spec", "containers"))
                .extracting(container -> Json.textAt(container, "name"))
                .containsExactly("main");
    }

    /** Source: the answers of Kubernetes 1.34. */
    @ParameterizedTest
    @CsvSource({
        "A, M, A M",
        "A B C, C A, B C A",
        "A B C, X B Y, A X B C Y",
        "A B, B X, A B X",
        "A B C D, D X B, A C D X B",
        "A B, X Y, A B X Y",
    })
    void items_stand_as_they_are_applied_and_the_others_as_far_in_front_as_they_stood(
            String there, String wanted, String merged) {
        ObjectNode live = apply("one", false, Json.object(), variables(there));

        ObjectNode both = apply("two", true, live, variables(wanted));

        JsonNode container =
                Json.arrayAt(both, "spec", "template", "spec", "containers").get(0);
        assertThat(Json.arrayAt(container, "env"))
                .extracting(variable -> Json.textAt(variable, "name"))
                .containsExactly(merged.split(" "));
    }

    private static String variables(String names) {
        String all = Arrays.stream(names.split(" "))
                .map(name -> "{name: " + name + ", value: v}")
                .collect(Collectors.joining(", "));
        return "{spec: {template: {spec: {containers: [{name: main, env: [" + all + "]}]}}}}";
    }

    @Test
    void items_that_cannot_be_told_apart_are_refused() {
        assertThatThrownBy(() -> apply("kubectl", false, Json.object(), variables("A B A")))
                .isInstanceOfSatisfying(StatusException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(500);
                    assertThat(refused)
                            .hasMessageEndingWith(".spec.template.spec.containers[name=\"main\"].env: duplicate entries"
                                    + " for key [name=\"A\"]");
                });
    }

    @Test
    void applying_the_same_again_changes_nothing() {
        ObjectNode live = apply("kubectl", false, Json.object(), WANTED);
        ObjectNode again = new ServerSideApply(DEPLOYMENTS, "kubectl", "", false, "2030-01-01T00:00:00Z")
                .apply(live, object(WANTED));
        assertThat(again).isEqualTo(live);
    }

    @Test
    void an_update_takes_what_it_changed_and_nothing_else() {
        ObjectNode live = apply("kubectl", false, Json.object(), WANTED);
        ObjectNode scaled = updated(live, "scaler", "{spec: {replicas: 3}}");
        assertThat(Json.arrayAt(scaled, "metadata", "managedFields").get(1).get("fieldsV1"))
                .isEqualTo(object("{f:spec: {f:replicas: {}}}"));
        assertThat(Json.text(Json.arrayAt(scaled, "metadata", "managedFields").get(0)))
                .doesNotContain("f:replicas")
                .contains("f:image");
    }
}
