package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import static dev.firedrill.harness.cluster.embedded.apiserver.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.patch.MergePatch;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class ValidationTest {
    private static final ResourceKind DEPLOYMENTS = KindTable.of("apps", "deployments");
    private static final ResourceKind SERVICES = KindTable.of("", "services");
    private static final ResourceKind PODS = KindTable.of("", "pods");
    private static final String DEPLOYMENT = """
            metadata: {name: api}
            spec:
              selector: {matchLabels: {app: api}}
              template:
                metadata: {labels: {app: api}}
                spec: {containers: [{name: main, image: 'api:1'}]}
            """;
    private static final String SERVICE = "{metadata: {name: api}, spec: {ports: [{port: 80, protocol: TCP}]}}";

    private static ObjectNode patched(String base, String patch) {
        return (ObjectNode) MergePatch.apply(object(base), object(patch));
    }

    @Test
    void a_good_object_passes() {
        assertThatCode(() -> Validation.create(DEPLOYMENTS, object(DEPLOYMENT))).doesNotThrowAnyException();
        assertThatCode(() -> Validation.create(SERVICES, object(SERVICE))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u00a7', textBlock = """
        {metadata: {name: Api}} | metadata.name | Invalid value: "Api": a lowercase RFC 1123 subdomain must
        {metadata: {labels: {a b: c}}} | metadata.labels | Invalid value: "a b": name part must consist of
        {metadata: {labels: {a: 'b c'}}} | metadata.labels | Invalid value: "b c": a valid label must be
        {spec: {replicas: -1}} | spec.replicas | Invalid value: -1: must be greater than or equal to 0
        {spec: {selector: null}} | spec.selector | Required value
        {spec: {selector: {matchLabels: null}}} | spec.selector | Invalid value: {}: empty selector is invalid
        {spec: {template: {metadata: {labels: {app: other}}}}} | spec.template.metadata.labels \
        | Invalid value: {"app":"other"}: `selector` does not match template `labels`
        {spec: {strategy: {type: Blue}}} | spec.strategy.type \
        | Unsupported value: "Blue": supported values: "Recreate", "RollingUpdate"
        {spec: {template: {spec: {containers: []}}}} | spec.template.spec.containers | Required value
        {spec: {template: {spec: {containers: [{name: a}]}}}} | spec.template.spec.containers[0].image \
        | Required value
        {spec: {template: {spec: {containers: [{name: a, image: i}, {name: a, image: i}]}}}} \
        | spec.template.spec.containers[1].name | Duplicate value: "a"
        {spec: {template: {spec: {containers: [{name: a, image: i, ports: [{containerPort: 70000}]}]}}}} \
        | spec.template.spec.containers[0].ports[0].containerPort | Invalid value: 70000: must be between 1
        {spec: {template: {spec: {containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: /x}]}]}}}} \
        | spec.template.spec.containers[0].volumeMounts[0].name | Not found: "v"
        {spec: {template: {spec: {containers: [{name: a, image: i, readinessProbe: {periodSeconds: 1}}]}}}} \
        | spec.template.spec.containers[0].readinessProbe | Required value: must specify a handler type
        {spec: {template: {spec: {restartPolicy: Never}}}} | spec.template.spec.restartPolicy \
        | Unsupported value: "Never": supported values: "Always"
        """)
    void a_bad_deployment_is_refused_with_the_field_and_the_reason(String patch, String field, String message) {
        assertThatThrownBy(() -> Validation.create(DEPLOYMENTS, patched(DEPLOYMENT, patch)))
                .isInstanceOfSatisfying(StatusException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(422);
                    assertThat(refused.reason()).isEqualTo("Invalid");
                    assertThat(Json.arrayAt(refused.status(), "details", "causes"))
                            .anySatisfy(cause -> {
                                assertThat(Json.textAt(cause, "field")).isEqualTo(field);
                                assertThat(Json.textAt(cause, "message")).startsWith(message);
                            });
                })
                .hasMessageStartingWith("Deployment.apps \"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u00a7', textBlock = """
        {metadata: {name: 9lives}} | metadata.name: Invalid value: "9lives": a DNS-1035 label must
        {spec: {ports: null}} | spec.ports: Required value
        {spec: {ports: [{port: 0}]}} | spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive
        {spec: {ports: [{port: 1}, {port: 2}]}} | [spec.ports[0].name: Required value, spec.ports[1].name: Required
        {spec: {type: Magic}} | spec.type: Unsupported value: "Magic"
        {spec: {type: ExternalName}} | spec.externalName: Required value
        """)
    void a_bad_service_is_refused(String patch, String message) {
        assertThatThrownBy(() -> Validation.create(SERVICES, patched(SERVICE, patch)))
                .hasMessageContaining(" is invalid: " + message);
    }

    @Test
    void what_cannot_change_is_held() {
        assertThatThrownBy(() -> Validation.update(
                        DEPLOYMENTS,
                        object(DEPLOYMENT),
                        patched(
                                DEPLOYMENT,
                                "{spec: {selector: {matchLabels: {app: b}}, "
                                        + "template: {metadata: {labels: {app: b}}}}}")))
                .hasMessage("Deployment.apps \"api\" is invalid: spec.selector: Invalid value: "
                        + "{\"matchLabels\":{\"app\":\"b\"}}: field is immutable");
    }

    @Test
    void a_pod_may_change_its_image_and_nothing_else_that_matters() {
        String pod = "{metadata: {name: p}, spec: {containers: [{name: a, image: 'i:1'}]}}";
        assertThatCode(() -> Validation.update(PODS, object(pod), object(pod.replace("i:1", "i:2"))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Validation.update(
                        PODS, object(pod), patched(pod, "{spec: {containers: [{name: a, image: 'i:1', tty: true}]}}")))
                .hasMessageContaining("spec: Forbidden: pod updates may not change fields other than");
    }

    @Test
    void an_immutable_configmap_keeps_its_data() {
        ResourceKind maps = KindTable.of("", "configmaps");
        String map = "{metadata: {name: m}, immutable: true, data: {a: b}}";
        assertThatThrownBy(() -> Validation.update(maps, object(map), patched(map, "{data: {a: c}}")))
                .hasMessageContaining("data: Forbidden: field is immutable when `immutable` is set");
    }

    @Test
    void an_ingress_path_needs_its_type_and_backend() {
        ResourceKind ingresses = KindTable.of("networking.k8s.io", "ingresses");
        assertThatThrownBy(() -> Validation.create(
                        ingresses, object("{metadata: {name: i}, spec: {rules: [{http: {paths: [{path: /}]}}]}}")))
                .hasMessageContaining(
                        "spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified")
                .hasMessageContaining("spec.rules[0].http.paths[0].backend: Required value");
    }
}
