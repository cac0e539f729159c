package dev.firedrill.harness.cluster.embedded.apiserver.schema;

import static dev.firedrill.harness.cluster.embedded.apiserver.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    private static String cleaned(String kind, String field, String value) {
        ObjectNode object = Json.object();
        object.putObject(field).set("x", Json.string(value));
        FieldCheck.clean(object, ModelTypes.of(KindTable.of("", kind)));
        return Json.textAt(object, field, "x");
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 500m",
        "1.0, 1",
        "1000m, 1",
        "1e3, 1e3",
        "1.5e3, 1500",
        "10e4, 100e3",
        "100e-3, 100e-3",
        "0.001e3, 1",
        "100000k, 100M",
        "1500M, 1500M",
        "0.5G, 500M",
        "1000000, 1M",
        "1024, 1024",
        "0.5Gi, 512Mi",
        "1024Ki, 1Mi",
        "1.5Gi, 1536Mi",
        "0.5Ki, 512",
        "1000Gi, 1000Gi",
        "1023Ki, 1023Ki",
        "0.1Gi, 107374182400m",
        "0Mi, 0",
        "0.0001, 1m",
        "-1.5, -1500m",
        ".5, 500m",
        "12345678901234567890, 12345678901234567890"
    })
    void an_amount_has_one_form(String said, String canonical) {
        ObjectNode quota = object("{spec: {hard: {cpu: '" + said + "'}}}");
        FieldCheck.clean(quota, ModelTypes.of(KindTable.of("", "resourcequotas")));
        assertThat(Json.textAt(quota, "spec", "hard", "cpu")).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({"YQ==, YQ==", "YR==, YQ==", "'YWI\n=', YWI=", "'YWI=\r\n', YWI=", "'', ''"})
    void bytes_have_one_form(String said, String canonical) {
        assertThat(cleaned("secrets", "data", said.replace("\\n", "\n").replace("\\r", "\r")))
                .isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({"%%, 0", "YQ, 0", "YQ=, 3", "YW I=, 2", "YQ==x, 4", "Y, 0", "YWJj%, 4", "=, 0", "YWJjZA, 4", "YQ=a, 2"})
    void what_is_not_base64_is_refused_with_its_place(String said, int place) {
        for (String[] field : new String[][] {{"secrets", "data"}, {"configmaps", "binaryData"}}) {
            assertThatThrownBy(() -> cleaned(field[0], field[1], said))
                    .hasMessage("illegal base64 data at input byte " + place);
        }
    }

    private static String renewed(String moment) {
        ObjectNode lease = Json.object();
        lease.putObject("spec").put("renewTime", moment);
        FieldCheck.clean(lease, ModelTypes.of(KindTable.of("coordination.k8s.io", "leases")));
        return Json.textAt(lease, "spec", "renewTime");
    }

    @Test
    void moments_are_kept_in_utc_as_exactly_as_their_field() {
        assertThat(renewed("2026-01-01T00:00:00.000000+02:00")).isEqualTo("2025-12-31T22:00:00.000000Z");
        ObjectNode event = object("{lastTimestamp: '2026-01-01T00:00:00.5+02:00'}");
        FieldCheck.clean(event, ModelTypes.of(KindTable.of("", "events")));
        assertThat(event).isEqualTo(object("{lastTimestamp: '2025-12-31T22:00:00Z'}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        yesterday | cannot parse "yesterday" as "2006"
        2026-1-01 | cannot parse "1-01" as "01"
        2026-01-01 00:00:00 | cannot parse " 00:00:00" as "T"
        2026-01-01T00:00:00Z | cannot parse "Z" as ".000000"
        2026-01-01T00:00:00.5Z | cannot parse ".5Z" as ".000000"
        2026-01-01T00:00:00.1234567Z | cannot parse "7Z" as "Z07:00"
        2026-01-01T00:00:00.000000 | cannot parse "" as "Z07:00"
        """)
    void a_moment_is_refused_where_it_leaves_its_form(String moment, String why) {
        assertThatThrownBy(() -> renewed(moment))
                .hasMessage("parsing time \"" + moment + "\" as \"2006-01-02T15:04:05.000000Z07:00\": " + why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        2026-13-01T00:00:00.000000Z | month out of range
        2026-02-30T00:00:00.000000Z | day out of range
        2026-01-01T25:00:00.000000Z | hour out of range
        2026-01-01T00:60:00.000000Z | minute out of range
        2026-01-01T00:00:00.000000Zx | extra text: "x"
        """)
    void a_moment_that_is_none_is_refused(String moment, String why) {
        assertThatThrownBy(() -> renewed(moment)).hasMessage("parsing time \"" + moment + "\": " + why);
    }
}
