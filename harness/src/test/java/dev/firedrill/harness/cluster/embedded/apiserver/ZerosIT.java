package dev.firedrill.harness.cluster.embedded.apiserver;

import static dev.firedrill.harness.cluster.embedded.apiserver.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is said to be false, 0 or empty says nothing where Kubernetes does not show it, and something elsewhere. */
class ZerosIT {
    private static final String CORE = "/api/v1/namespaces/default/";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String STRATEGIC = "application/strategic-merge-patch+json";

    private static ApiServer server;
    private static Http http;

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = ApiServer.start(ApiServerOptions.at("127.0.0.1", "kubelet", directory));
        http = new Http(server);
        http.post(CORE + "serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
        made(
                DEPLOYMENTS,
                "{metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, "
                        + "spec: {containers: [{name: c, image: i}]}}}}");
        made(CORE + "pods", "{metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ObjectNode made(String collection, String yaml) {
        Http.Answer answer = http.post(collection, Json.text(object(yaml)));
        assertThat(answer.code()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hostNetwork: false",
                "hostPID: false",
                "hostIPC: false",
                "nodeName: ''",
                "hostname: ''",
                "subdomain: ''",
                "priorityClassName: ''",
                "serviceAccountName: ''",
                "containers: [{name: c, tty: false}]",
                "containers: [{name: c, stdin: false}]",
                "containers: [{name: c, workingDir: ''}]"
            })
    void a_template_that_says_nothing_new_is_no_change(String spec) {
        JsonNode before = http.get(DEPLOYMENTS + "/d").json();

        JsonNode after = http.send(
                        "PATCH",
                        DEPLOYMENTS + "/d",
                        STRATEGIC,
                        Json.text(object("{spec: {template: {spec: {" + spec + "}}}}")))
                .json();

        assertThat(after).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "enableServiceLinks: false                                | /enableServiceLinks",
                "automountServiceAccountToken: false                      | /automountServiceAccountToken",
                "terminationGracePeriodSeconds: 0                         | /terminationGracePeriodSeconds",
                "containers: [{name: c, securityContext: {runAsUser: 0}}] | /containers/0/securityContext/runAsUser",
                "containers: [{name: c, securityContext: {allowPrivilegeEscalation: false}}]"
                        + " | /containers/0/securityContext/allowPrivilegeEscalation"
            })
    void a_template_that_says_no_or_none_where_that_counts_is_changed(String spec, String pointer) {
        JsonNode after = http.send(
                        "PATCH",
                        DEPLOYMENTS + "/d",
                        STRATEGIC,
                        Json.text(object("{spec: {template: {spec: {" + spec + "}}}}")))
                .json();

        JsonNode value = after.at("/spec/template/spec" + pointer);
        assertThat(value.isMissingNode()).as(after.toString()).isFalse();
        assertThat(value.asString()).isIn("0", "false");
    }

    @Test
    void what_says_nothing_may_be_applied_again_and_again() {
        String path = DEPLOYMENTS + "/applied?fieldManager=me";
        String wanted = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: applied}, spec: {paused: false, "
                + "selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, "
                + "spec: {hostNetwork: false, containers: [{name: c, image: i, tty: false}]}}}}";

        JsonNode first =
                http.send("PATCH", path, "application/apply-patch+yaml", wanted).json();
        JsonNode again =
                http.send("PATCH", path, "application/apply-patch+yaml", wanted).json();

        assertThat(first.path("spec").path("template").path("spec").has("hostNetwork"))
                .isFalse();
        assertThat(again).isEqualTo(first);
    }

    @Test
    void a_deployment_of_no_replicas_stays_one() {
        JsonNode scaled = http.send("PATCH", DEPLOYMENTS + "/d", STRATEGIC, "{\"spec\":{\"replicas\":0}}")
                .json();

        assertThat(scaled.path("spec").path("replicas").asInt(-1)).isZero();
    }

    @Test
    void a_pod_may_be_replaced_by_what_says_nothing_else() {
        ObjectNode pod = http.get(CORE + "pods/p").json();
        pod.withObjectProperty("spec").put("hostNetwork", false).put("hostname", "");

        Http.Answer replaced = http.send("PUT", CORE + "pods/p", "application/json", Json.text(pod));

        assertThat(replaced.code()).as(replaced.body()).isEqualTo(200);
        assertThat(replaced.json().path("spec").has("hostNetwork")).isFalse();
    }

    @Test
    void the_numbers_of_a_probe_are_filled_in_where_they_are_0() {
        JsonNode probe = made(
                        CORE + "pods",
                        "{metadata: {name: probed}, spec: {containers: [{name: c, image: i, livenessProbe: "
                                + "{tcpSocket: {port: 1}, initialDelaySeconds: 0, periodSeconds: 0, timeoutSeconds: 0, "
                                + "successThreshold: 0, failureThreshold: 0}}]}}")
                .at("/spec/containers/0/livenessProbe");

        assertThat(probe)
                .isEqualTo(object("{tcpSocket: {port: 1}, periodSeconds: 10, timeoutSeconds: 1, "
                        + "successThreshold: 1, failureThreshold: 3}"));
    }

    @Test
    void a_service_does_not_show_what_it_does_not_have() {
        JsonNode spec = made(
                        CORE + "services",
                        "{metadata: {name: s}, spec: {loadBalancerIP: '', externalTrafficPolicy: '', "
                                + "publishNotReadyAddresses: false, ports: [{port: 80, nodePort: 0, name: ''}]}}")
                .path("spec");

        assertThat(spec.propertyNames())
                .doesNotContain("loadBalancerIP", "externalTrafficPolicy", "publishNotReadyAddresses");
        assertThat(spec.path("ports").path(0)).isEqualTo(object("{port: 80, protocol: TCP, targetPort: 80}"));
    }

    @Test
    void a_status_shows_the_numbers_that_it_must_show() {
        JsonNode status = http.send(
                        "PATCH",
                        CORE + "pods/p/status",
                        "application/merge-patch+json",
                        Json.text(object("{status: {message: '', containerStatuses: [{name: c, image: i, imageID: '', "
                                + "ready: false, restartCount: 0, started: false, containerID: ''}]}}")))
                .json()
                .path("status");

        assertThat(status.has("message")).isFalse();
        assertThat(status.path("containerStatuses").path(0))
                .isEqualTo(object("{name: c, image: i, imageID: '', ready: false, restartCount: 0, started: false}"));
    }
}
