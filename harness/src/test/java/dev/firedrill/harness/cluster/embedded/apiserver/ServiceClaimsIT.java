package dev.firedrill.harness.cluster.embedded.apiserver;

import static dev.firedrill.harness.cluster.embedded.apiserver.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a Service holds is its own until it has really given it up. */
class ServiceClaimsIT {
    private static final String SERVICES = "/api/v1/namespaces/default/services";
    private static final String MERGE = "application/merge-patch+json";
    private static final String EXTERNAL = "{spec: {type: ExternalName, externalName: example.com}}";
    private static final String INTERNAL = "{spec: {type: ClusterIP}}";
    private static final String DRY = "?dryRun=All";

    private ApiServer server;
    private Http http;

    @BeforeEach
    void start(@TempDir Path directory) {
        server = ApiServer.start(ApiServerOptions.at("127.0.0.1", "kubelet", directory));
        http = new Http(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Http.Answer create(String name, String spec) {
        return http.post(SERVICES, Json.text(object("{metadata: {name: " + name + "}, spec: " + spec + "}")));
    }

    private Http.Answer patch(String name, String query, String change) {
        return http.send("PATCH", SERVICES + "/" + name + query, MERGE, Json.text(object(change)));
    }

    private static String address(JsonNode service) {
        return Json.textAt(service, "spec", "clusterIP");
    }

    private static String nodePort(JsonNode service) {
        return Json.textAt(service.path("spec").path("ports").path(0), "nodePort");
    }

    @Test
    void a_dry_run_frees_no_address() {
        String held = address(create("a", "{ports: [{port: 80}]}").json());
        String wanting = "{clusterIP: " + held + ", ports: [{port: 80}]}";

        assertThat(patch("a", DRY, EXTERNAL).code()).isEqualTo(200);
        assertThat(create("b", wanting).code()).isEqualTo(422);

        assertThat(patch("a", "", EXTERNAL).code()).isEqualTo(200);
        assertThat(create("b", wanting).code()).isEqualTo(201);
    }

    @Test
    void a_dry_run_frees_no_node_port() {
        String held =
                nodePort(create("a", "{type: NodePort, ports: [{port: 80}]}").json());
        String wanting = "{type: NodePort, ports: [{port: 80, nodePort: " + held + "}]}";

        assertThat(patch("a", DRY, INTERNAL).code()).isEqualTo(200);
        assertThat(create("b", wanting).code()).isEqualTo(422);

        assertThat(patch("a", "", INTERNAL).code()).isEqualTo(200);
        assertThat(create("b", wanting).code()).isEqualTo(201);
    }

    @Test
    void a_dry_run_takes_no_node_port() {
        create("a", "{ports: [{port: 80}]}");
        String change = "{spec: {type: NodePort, ports: [{port: 80, nodePort: 30123}]}}";

        assertThat(nodePort(patch("a", DRY, change).json())).isEqualTo("30123");

        assertThat(create("b", "{type: NodePort, ports: [{port: 80, nodePort: 30123}]}")
                        .code())
                .isEqualTo(201);
    }

    @Test
    void a_service_that_is_no_longer_external_takes_the_address_that_it_names() {
        create("a", "{type: ExternalName, externalName: example.com}");
        String held = address(create("b", "{ports: [{port: 80}]}").json());
        String change = "{spec: {type: ClusterIP, externalName: null, ports: [{port: 80}], clusterIP: %s}}";
        String free = held.substring(0, held.lastIndexOf('.')) + ".99";

        assertThat(patch("a", "", change.formatted(held)).code()).isEqualTo(422);
        assertThat(patch("a", "", change.formatted(free)).code()).isEqualTo(200);

        assertThat(create("c", "{ports: [{port: 80}], clusterIP: " + free + "}").code())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "update"})
    void what_was_taken_before_a_refusal_is_free_again(String verb) {
        create("holder", "{type: NodePort, ports: [{port: 80, nodePort: 30200}]}");
        String refused = "{type: NodePort, ports: [{name: x, port: 80, nodePort: 30123}, "
                + "{name: y, port: 81, nodePort: 30200}]}";
        Http.Answer answer;
        if (verb.equals("create")) {
            answer = create("a", refused);
        } else {
            create("a", "{ports: [{port: 80}]}");
            answer = patch("a", "", "{spec: " + refused + "}");
        }

        assertThat(answer.code()).as(answer.body()).isEqualTo(422);
        assertThat(Json.textAt(answer.json(), "message")).contains("spec.ports[1].nodePort");
        assertThat(create("b", "{type: NodePort, ports: [{port: 80, nodePort: 30123}]}")
                        .code())
                .isEqualTo(201);
    }

    @Test
    void a_node_port_out_of_range_is_named_as_such() {
        assertThat(Json.textAt(
                        create("a", "{type: NodePort, ports: [{port: 80, nodePort: 1234}]}")
                                .json(),
                        "message"))
                .isEqualTo("Service \"a\" is invalid: spec.ports[0].nodePort: Invalid value: 1234: provided port is"
                        + " not in the valid range. The range of valid ports is 30000-32767");
    }

    private static String healthPort(Http.Answer service) {
        return Json.textAt(service.json(), "spec", "healthCheckNodePort");
    }

    @Test
    void a_balanced_service_with_local_traffic_has_a_port_for_health_checks_and_gives_it_back() {
        String local = "{type: LoadBalancer, externalTrafficPolicy: Local, ports: [{port: 80}]";
        String held = healthPort(create("a", local + "}"));
        assertThat(Integer.parseInt(held)).isBetween(30_000, 32_767);

        Http.Answer taken = create("b", local + ", healthCheckNodePort: " + held + "}");
        assertThat(taken.code()).isEqualTo(500);
        assertThat(taken.body()).contains("failed to allocate requested HealthCheck NodePort " + held);
        assertThat(create("b", local + ", healthCheckNodePort: 99}").body()).contains("is not in the valid range");
        assertThat(patch("a", "", "{spec: {healthCheckNodePort: 31999}}").body())
                .contains("field is immutable");
        assertThat(healthPort(patch("a", "", "{metadata: {labels: {a: b}}}"))).isEqualTo(held);

        assertThat(healthPort(patch("a", "", "{spec: {externalTrafficPolicy: Cluster}}")))
                .isEmpty();
        assertThat(healthPort(create("b", local + ", healthCheckNodePort: " + held + "}")))
                .isEqualTo(held);
        http.send("DELETE", SERVICES + "/b", "application/json", "{}");
        assertThat(create("c", local + ", healthCheckNodePort: " + held + "}").code())
                .isEqualTo(201);
    }

    @Test
    void the_class_of_a_balancer_stays_while_there_is_a_balancer() {
        create("a", "{type: LoadBalancer, loadBalancerClass: example.com/x, ports: [{port: 80}]}");

        assertThat(patch("a", "", "{spec: {loadBalancerClass: example.com/y}}").body())
                .contains("spec.loadBalancerClass: Invalid value: \\\"example.com/y\\\": may not change once set");
        assertThat(patch("a", "", "{spec: {loadBalancerClass: null}}").code()).isEqualTo(422);
        assertThat(patch("a", "", INTERNAL).code()).isEqualTo(200);
    }
}
