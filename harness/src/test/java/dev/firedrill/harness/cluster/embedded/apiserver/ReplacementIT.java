package dev.firedrill.harness.cluster.embedded.apiserver;

import static dev.firedrill.harness.cluster.embedded.apiserver.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * What differs from kind to kind when objects are replaced, changed through their status, and deleted. Source: the
 * answers of Kubernetes 1.34 to the same requests.
 */
class ReplacementIT {
    private static final String CORE = "/api/v1/namespaces/default/";
    private static final String APPS = "/apis/apps/v1/namespaces/default/";
    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
    private static final String MERGE = "application/merge-patch+json";
    private static final String APPLY = "application/apply-patch+yaml";
    private static final String TEMPLATE =
            "template: {metadata: {labels: {a: b}}, spec: {restartPolicy: %s, containers: [{name: c, image: i}]}}";
    private static final String WORKLOAD = "{metadata: {name: %s, labels: {old: \"1\"}}, "
            + "spec: {selector: {matchLabels: {a: b}}, " + TEMPLATE.formatted("Always") + "}}";

    private static ApiServer server;
    private static Http http;

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = ApiServer.start(ApiServerOptions.at("127.0.0.1", "kubelet", directory));
        http = new Http(server);
        made(CORE + "serviceaccounts", "{metadata: {name: default}}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String json(String yaml) {
        return Json.text(object(yaml));
    }

    private static Http.Answer made(String collection, String yaml) {
        Http.Answer answer = http.post(collection, json(yaml));
        assertThat(answer.code()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    private static Http.Answer replaced(String path, String yaml) {
        return http.send("PUT", path, "application/json", json(yaml));
    }

    private static Http.Answer patched(String path, String yaml) {
        return http.send("PATCH", path, MERGE, json(yaml));
    }

    private static JsonNode deleted(String path) {
        return http.send("DELETE", path, "application/json", "").json();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/namespaces/default/endpoints, 201",
        "/apis/coordination.k8s.io/v1/namespaces/default/leases, 201",
        "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles, 201",
        "/api/v1/namespaces/default/configmaps, 404",
        "/api/v1/namespaces/default/secrets, 404"
    })
    void what_is_not_there_is_made_by_a_replacement_if_its_kind_allows_that(String collection, int code) {
        Http.Answer replaced = replaced(collection + "/new", "{metadata: {name: new}}");

        assertThat(replaced.code()).as(replaced.body()).isEqualTo(code);
        assertThat(http.get(collection + "/new").code()).isEqualTo(code == 201 ? 200 : 404);
    }

    @Test
    void what_was_another_object_is_not_made_by_a_replacement() {
        Http.Answer replaced =
                replaced(LEASES + "/gone", "{metadata: {name: gone, uid: 00000000-0000-0000-0000-000000000001}}");

        assertThat(replaced.code()).as(replaced.body()).isEqualTo(409);
        assertThat(http.get(LEASES + "/gone").code()).isEqualTo(404);
    }

    @Test
    void a_lease_is_replaced_only_by_who_says_which_version_he_saw() {
        made(LEASES, "{metadata: {name: held}}");

        Http.Answer blind = replaced(LEASES + "/held", "{metadata: {name: held}}");
        Http.Answer patched = patched(LEASES + "/held", "{spec: {holderIdentity: me}}");
        String seen = Json.textAt(patched.json(), "metadata", "resourceVersion");
        Http.Answer seeing = replaced(LEASES + "/held", "{metadata: {name: held, resourceVersion: \"" + seen + "\"}}");

        assertThat(blind.code()).as(blind.body()).isEqualTo(422);
        assertThat(Json.textAt(blind.json().path("details").path("causes").path(0), "field"))
                .isEqualTo("metadata.resourceVersion");
        assertThat(patched.code()).as(patched.body()).isEqualTo(200);
        assertThat(seeing.code()).as(seeing.body()).isEqualTo(200);
    }

    @Test
    void a_change_of_the_status_may_change_labels_but_those_of_a_deployment() {
        made(APPS + "deployments", WORKLOAD.formatted("d"));
        made(CORE + "services", "{metadata: {name: s}, spec: {ports: [{port: 80}]}}");
        String change = "{metadata: {labels: {new: \"1\"}, finalizers: [example.com/mine]}}";

        JsonNode kept = patched(APPS + "deployments/d/status", change).json().path("metadata");
        JsonNode changed = patched(CORE + "services/s/status", change).json().path("metadata");

        assertThat(kept.path("labels").propertyNames()).containsExactly("old");
        assertThat(kept.path("finalizers").path(0).asString()).isEqualTo("example.com/mine");
        assertThat(changed.path("labels").propertyNames()).containsExactly("new");
    }

    @Test
    void annotations_are_counted_of_a_deployment_alone_and_not_with_its_status() {
        made(APPS + "deployments", WORKLOAD.formatted("counted"));
        made(APPS + "replicasets", WORKLOAD.formatted("counted"));
        String change = "{metadata: {annotations: {a: %s}}}";
        String deployment = APPS + "deployments/counted";

        JsonNode relabelled =
                patched(deployment, "{metadata: {labels: {a: b}}}").json();
        JsonNode annotated = patched(deployment, change.formatted("b")).json();
        JsonNode again = patched(deployment, change.formatted("b")).json();
        JsonNode status = patched(deployment + "/status", change.formatted("c")).json();
        JsonNode other =
                patched(APPS + "replicasets/counted", change.formatted("b")).json();

        assertThat(relabelled.path("metadata").path("generation").asInt()).isEqualTo(1);
        assertThat(annotated.path("metadata").path("generation").asInt()).isEqualTo(2);
        assertThat(again.path("metadata").path("generation").asInt()).isEqualTo(2);
        assertThat(status.path("metadata").path("generation").asInt()).isEqualTo(2);
        assertThat(Json.textAt(status, "metadata", "annotations", "a")).isEqualTo("c");
        assertThat(other.path("metadata").path("generation").asInt()).isEqualTo(1);
    }

    @Test
    void a_job_that_is_deleted_leaves_its_pods_unless_somebody_says_otherwise() {
        String jobs = "/apis/batch/v1/namespaces/default/jobs";
        made(jobs, "{metadata: {name: j}, spec: {" + TEMPLATE.formatted("Never") + "}}");

        JsonNode deleted = deleted(jobs + "/j");

        assertThat(Json.textAt(deleted, "kind")).isEqualTo("Job");
        assertThat(deleted.path("metadata").path("finalizers").path(0).asString())
                .isEqualTo("orphan");
    }

    @Test
    void who_applies_is_recorded_before_who_updates() {
        made(CORE + "configmaps", "{metadata: {name: m}, data: {a: \"1\"}}");

        Http.Answer applied = http.send(
                "PATCH",
                CORE + "configmaps/m?fieldManager=applier",
                APPLY,
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {b: \"2\"}}");

        List<String> operations = applied.json()
                .path("metadata")
                .path("managedFields")
                .valueStream()
                .map(entry -> Json.textAt(entry, "operation"))
                .toList();
        assertThat(operations).containsExactly("Apply", "Update");
    }

    @Test
    void an_autoscaler_that_names_no_measure_goes_by_the_processor() {
        Http.Answer made = made(
                "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers",
                "{metadata: {name: h}, spec: {maxReplicas: 3, "
                        + "scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}}}");

        JsonNode resource = made.json().path("spec").path("metrics").path(0).path("resource");
        assertThat(Json.textAt(resource, "name")).isEqualTo("cpu");
        assertThat(resource.path("target").path("averageUtilization").asInt()).isEqualTo(80);
    }

    @Test
    void a_dry_deletion_shows_the_pod_as_it_would_be() {
        made(CORE + "pods", "{metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}");

        JsonNode shown = deleted(CORE + "pods/p?dryRun=All");

        assertThat(Json.textAt(shown, "metadata", "deletionTimestamp")).isNotEmpty();
        assertThat(Json.textAt(http.get(CORE + "pods/p").json(), "metadata", "deletionTimestamp"))
                .isEmpty();
    }

    @Test
    void the_template_of_a_daemon_set_is_counted() {
        String sets = APPS + "daemonsets";
        String counted = "deprecated.daemonset.template.generation";
        made(sets, WORKLOAD.formatted("n"));

        JsonNode relabelled =
                patched(sets + "/n", "{metadata: {annotations: null}}").json();
        JsonNode changed = patched(sets + "/n", "{spec: {template: {spec: {hostNetwork: true}}}}")
                .json();

        assertThat(Json.textAt(relabelled, "metadata", "annotations", counted)).isEqualTo("1");
        assertThat(Json.textAt(changed, "metadata", "annotations", counted)).isEqualTo("2");
    }

    @Test
    void the_endpoints_of_the_old_kind_come_with_a_warning() {
        assertThat(http.get(CORE + "endpoints")
                        .response()
                        .headers()
                        .firstValue("warning")
                        .orElse(""))
                .contains("Endpoints is deprecated in v1.33+");
    }
}
