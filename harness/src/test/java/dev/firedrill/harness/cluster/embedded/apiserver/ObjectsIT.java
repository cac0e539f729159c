package dev.firedrill.harness.cluster.embedded.apiserver;

import static dev.firedrill.harness.cluster.embedded.apiserver.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of an object between its author and its reader: filled in, in one form, or refused. */
class ObjectsIT {
    private static final String NAMESPACE = "/api/v1/namespaces/default";
    private static final String APPS = "/apis/apps/v1/namespaces/default";
    private static final String TEMPLATE =
            "{metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: 'i:1'}]}}";
    private static final String MERGE = "application/merge-patch+json";

    private static ApiServer server;
    private static Http http;

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = ApiServer.start(ApiServerOptions.at("127.0.0.1", "kubelet", directory));
        http = new Http(server);
        http.post(NAMESPACE + "/serviceaccounts", json("{metadata: {name: default}}"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String json(String yaml) {
        return Json.text(object(yaml));
    }

    private static ObjectNode created(String path, String yaml) {
        Http.Answer answer = http.post(path, json(yaml));
        assertThat(answer.code()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private static String workload(String name, int replicas) {
        return "{metadata: {name: %s}, spec: {replicas: %d, selector: {matchLabels: {a: b}}, template: %s}}"
                .formatted(name, replicas, TEMPLATE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        apps/v1 | deployments | {}
        apps/v1 | replicasets | {replicas: 0}
        apps/v1 | statefulsets | {replicas: 0, availableReplicas: 0}
        apps/v1 | daemonsets | {currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, \
        numberReady: 0}
        policy/v1 | poddisruptionbudgets | {disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, \
        expectedPods: 0}
        """)
    void a_new_object_shows_an_empty_status(String group, String plural, String status) {
        String path = "/apis/" + group + "/namespaces/default/" + plural + "?dryRun=All";
        ObjectNode shown = created(path, plural.startsWith("pod") ? "{metadata: {name: x}}" : workload("x", 0));
        assertThat(shown.get("status")).isEqualTo(object(status));
        assertThat(shown.path("metadata").path("managedFields").findValue("f:status"))
                .isNull();
    }

    @Test
    void an_amount_that_was_said_otherwise_is_no_change() {
        ObjectNode limited = object(workload("amounts", 0));
        limited.path("spec").path("template").path("spec").path("containers").forEach(container -> ((ObjectNode)
                        container)
                .set("resources", object("{limits: {memory: 1024Ki}}")));
        Http.Answer first = http.post(APPS + "/deployments", Json.text(limited));
        assertThat(first.json().findValue("memory").asString()).isEqualTo("1Mi");
        limited.withObjectProperty("metadata").put("name", "amounts");
        Http.Answer again = http.send("PUT", APPS + "/deployments/amounts", "application/json", Json.text(limited));
        assertThat(again.json().path("metadata").path("resourceVersion"))
                .isEqualTo(first.json().path("metadata").path("resourceVersion"));
    }

    @Test
    void a_scale_says_nothing_of_no_replicas_and_refuses_less() {
        created(APPS + "/deployments", workload("scaled", 0));
        String path = APPS + "/deployments/scaled/scale";
        assertThat(http.get(path).json().get("spec")).isEqualTo(Json.object());
        Http.Answer refused = http.send("PATCH", path, MERGE, "{\"spec\":{\"replicas\":-2}}");
        assertThat(refused.code()).isEqualTo(422);
        assertThat(Json.textAt(refused.json(), "message"))
                .isEqualTo("Scale.autoscaling \"scaled\" is invalid: spec.replicas: Invalid value: -2: must be greater "
                        + "than or equal to 0");
        assertThat(http.send("PATCH", path, MERGE, "{\"spec\":{\"replicas\":2}}")
                        .json()
                        .path("spec"))
                .isEqualTo(object("{replicas: 2}"));
    }

    @Test
    void a_token_is_issued_for_ten_minutes_or_more() {
        String path = NAMESPACE + "/serviceaccounts/default/token";
        ObjectNode request = created(path, "{spec: {expirationSeconds: 600}}");
        assertThat(Json.textAt(request, "metadata", "creationTimestamp")).isNotEmpty();
        assertThat(request.path("spec").path("audiences")).hasSize(1);
        assertThat(request.path("spec").get("boundObjectRef").isNull()).isTrue();
        Http.Answer refused = http.post(path, json("{spec: {expirationSeconds: 5}}"));
        assertThat(refused.code()).isEqualTo(422);
        assertThat(Json.textAt(refused.json(), "message"))
                .isEqualTo("TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: Invalid value: "
                        + "5: may not specify a duration less than 10 minutes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ClusterIP | clusterIP, clusterIPs, internalTrafficPolicy, ipFamilies, ipFamilyPolicy, ports, selector, \
        sessionAffinity, type
        ExternalName | externalName, ports, selector, sessionAffinity, type
        """)
    void a_service_loses_what_belonged_to_its_type(String type, String left) {
        String path = NAMESPACE + "/services/loses-" + type.toLowerCase(Locale.ROOT);
        created(
                NAMESPACE + "/services",
                "{metadata: {name: " + path.substring(path.lastIndexOf('/') + 1)
                        + "}, spec: {type: LoadBalancer, selector: {a: b}, ports: [{port: 80}]}}");
        Http.Answer changed = http.send(
                "PATCH",
                path,
                MERGE,
                "{\"spec\":{\"type\":\"" + type + "\",\"externalName\":"
                        + (type.equals("ExternalName") ? "\"x.example.com\"" : "null") + "}}");
        assertThat(changed.code()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json().path("spec").propertyNames())
                .containsExactlyInAnyOrderElementsOf(List.of(left.split(", ")));
        assertThat(changed.json().path("spec").path("ports").get(0).has("nodePort"))
                .isFalse();
    }

    @Test
    void an_event_shows_the_moments_that_it_does_not_have() {
        ObjectNode event =
                created(NAMESPACE + "/events", "{metadata: {name: e}, involvedObject: {namespace: default}}");
        for (String moment : List.of("eventTime", "firstTimestamp", "lastTimestamp")) {
            assertThat(event.path(moment).isNull()).as(moment).isTrue();
        }
        assertThat(event.get("source")).isEqualTo(Json.object());
        assertThat(Json.textAt(event, "reportingComponent")).isEmpty();
        assertThat(event.path("metadata").path("managedFields").findValue("f:eventTime"))
                .isNull();
        JsonNode other =
                http.get("/apis/events.k8s.io/v1/namespaces/default/events/e").json();
        assertThat(other.has("reportingController")).isFalse();
        assertThat(other.path("eventTime").isNull()).isTrue();
    }

    @Test
    void events_of_both_groups_are_selected_by_the_fields_of_their_group() {
        created(
                NAMESPACE + "/events",
                "{metadata: {name: told}, involvedObject: {kind: Pod, name: p, namespace: default},"
                        + " reportingComponent: teller}");
        String core = NAMESPACE + "/events?fieldSelector=";
        String events = "/apis/events.k8s.io/v1/namespaces/default/events?fieldSelector=";
        for (String path : List.of(
                core + "reportingComponent=teller,involvedObject.name=p",
                events + "reportingController=teller,regarding.name=p")) {
            assertThat(http.get(path).json().path("items").findValuesAsString("name"))
                    .as(path)
                    .contains("told");
        }
        assertThat(http.get(core + "reportingController=teller").code()).isEqualTo(400);
        assertThat(http.get(events + "reportingComponent=teller").code()).isEqualTo(400);
    }

    @Test
    void a_pod_has_the_priority_of_its_class() {
        created(
                "/apis/scheduling.k8s.io/v1/priorityclasses",
                "{metadata: {name: high}, value: 7, preemptionPolicy: Never}");
        String pod = "{metadata: {name: p}, spec: {priorityClassName: %s, containers: [{name: c, image: i}]}}";
        String path = NAMESPACE + "/pods?dryRun=All";
        JsonNode spec = created(path, pod.formatted("high")).path("spec");
        assertThat(spec.path("priority").intValue()).isEqualTo(7);
        assertThat(spec.path("preemptionPolicy").asString()).isEqualTo("Never");
        assertThat(created(path, pod.formatted("system-node-critical"))
                        .path("spec")
                        .path("priority")
                        .intValue())
                .isEqualTo(2_000_001_000);
        Http.Answer refused = http.post(path, json(pod.formatted("nope")));
        assertThat(refused.code()).isEqualTo(403);
        assertThat(Json.textAt(refused.json(), "message"))
                .isEqualTo("pods \"p\" is forbidden: no PriorityClass with name nope was found");
    }

    @Test
    void a_pod_that_would_end_before_now_has_a_second() {
        JsonNode spec = created(
                        NAMESPACE + "/pods?dryRun=All",
                        "{metadata: {name: p}, spec: {terminationGracePeriodSeconds: -1, containers: "
                                + "[{name: c, image: i}]}}")
                .path("spec");
        assertThat(spec.path("terminationGracePeriodSeconds").intValue()).isOne();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /secrets | {metadata: {name: x}, data: {a: '%%'}} \
        | Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte 0
        /configmaps | {metadata: {name: x, labels: {a: 1}}} | ConfigMap in version "v1" cannot be handled as a \
        ConfigMap: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string
        /pods | {metadata: {name: x}, spec: {containers: [{command: x}]}} | Pod in version "v1" cannot be handled as \
        a Pod: json: cannot unmarshal string into Go struct field Container.spec.containers.command of type []string
        """)
    void what_cannot_be_read_is_a_bad_request(String path, String body, String message) {
        Http.Answer refused = http.post(NAMESPACE + path, json(body));
        assertThat(refused.code()).isEqualTo(400);
        assertThat(Json.textAt(refused.json(), "message")).isEqualTo(message);
    }

    @Test
    void an_object_that_replaces_another_says_its_name() {
        Http.Answer refused = http.send("PUT", NAMESPACE + "/finalize", "application/json", "{}");
        assertThat(refused.code()).isEqualTo(400);
        assertThat(Json.textAt(refused.json(), "message"))
                .isEqualTo("the name of the object (default based on URL) was undeterminable: name must be provided");
    }

    @Test
    void discovery_says_where_the_server_is_and_names_resources_in_order() {
        JsonNode address =
                http.get("/api").json().path("serverAddressByClientCIDRs").get(0);
        assertThat(server.url()).endsWith(Json.textAt(address, "serverAddress"));
        assertThat(http.get("/api/v1").json().has("apiVersion")).isFalse();
        List<String> names = http.get("/apis/apps/v1")
                .json()
                .path("resources")
                .valueStream()
                .map(resource -> Json.textAt(resource, "name"))
                .toList();
        assertThat(names).isSorted().contains("deployments/scale");
    }

    @Test
    void what_is_gone_at_once_is_told_as_it_was() {
        created(NAMESPACE + "/services", "{metadata: {name: brief}, spec: {ports: [{port: 80}]}}");
        String version = Json.textAt(http.get(NAMESPACE + "/services").json(), "metadata", "resourceVersion");

        JsonNode shown = http.send("DELETE", NAMESPACE + "/services/brief", "application/json", "")
                .json();
        String told = http.get(NAMESPACE + "/services?watch=true&timeoutSeconds=1&resourceVersion=" + version)
                .body();

        assertThat(shown.path("metadata").has("deletionTimestamp")).isFalse();
        assertThat(told).contains("DELETED").doesNotContain("deletionTimestamp");
    }

    @Test
    void the_priority_that_a_pod_is_given_is_nobodys_and_stays() {
        ObjectNode pod = created(
                NAMESPACE + "/pods", "{metadata: {name: given}, spec: {containers: [{name: c, image: 'i:1'}]}}");
        assertThat(pod.path("spec").path("priority").asInt(-1)).isZero();
        assertThat(pod.path("metadata").path("managedFields").toString())
                .contains("f:containers")
                .doesNotContain("f:priority", "f:preemptionPolicy");

        pod.withObjectProperty("spec").remove(List.of("priority", "preemptionPolicy"));
        Http.Answer replaced = http.send("PUT", NAMESPACE + "/pods/given", "application/json", Json.text(pod));

        assertThat(replaced.code()).as(replaced.body()).isEqualTo(200);
        assertThat(replaced.json().path("spec").path("priority").asInt(-1)).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {metadata: {name: other}, target: {name: n}} | 400 | name in URL does not match name in Binding object
        {metadata: {name: free}, target: {kind: Pod, name: n}} | 422 | Binding "free" is invalid: target.kind
        """)
    void a_pod_is_bound_by_its_name_and_to_a_node(String binding, int code, String message) {
        http.post(NAMESPACE + "/pods", json("{metadata: {name: free}, spec: {containers: [{name: c, image: 'i:1'}]}}"));

        Http.Answer refused = http.post(NAMESPACE + "/pods/free/binding", json(binding));

        assertThat(refused.code()).as(refused.body()).isEqualTo(code);
        assertThat(Json.textAt(refused.json(), "message")).startsWith(message);
    }

    @Test
    void a_scale_is_that_of_its_path() {
        created(APPS + "/replicasets", workload("scaled", 0));

        Http.Answer refused = http.send(
                "PUT",
                APPS + "/replicasets/scaled/scale",
                "application/json",
                json("{metadata: {name: another}, spec: {replicas: 0}}"));

        assertThat(refused.code()).as(refused.body()).isEqualTo(400);
        assertThat(Json.textAt(refused.json(), "message"))
                .isEqualTo("the name of the object (another) does not match the name on the URL (scaled)");
    }

    @Test
    void a_token_that_is_nobodys_is_reviewed_with_an_error() {
        JsonNode status = created(
                        "/apis/authentication.k8s.io/v1/tokenreviews",
                        "{apiVersion: authentication.k8s.io/v1, kind: TokenReview, spec: {token: x}}")
                .path("status");

        assertThat(status.path("authenticated").asBoolean(false)).isFalse();
        assertThat(Json.textAt(status, "error")).isEqualTo("invalid bearer token");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        services        | {ports: [{port: 80}]}
        resourcequotas  | {hard: {cpu: '1'}}
        serviceaccounts | {}
        """)
    void what_goes_at_once_is_answered_without_a_mark_of_its_deletion(String plural, String spec) {
        String path = NAMESPACE + "/" + plural;
        created(path, "{metadata: {name: gone, labels: {a: b}}, spec: " + spec + "}");

        Http.Answer deleted = http.send("DELETE", path + "/gone", "application/json", "{}");

        assertThat(deleted.code()).isEqualTo(200);
        assertThat(Json.textAt(deleted.json(), "metadata", "labels", "a")).isEqualTo("b");
        assertThat(deleted.body()).doesNotContain("deletionTimestamp").doesNotContain("deletionGracePeriodSeconds");
    }

    @Test
    void only_a_balanced_service_has_addresses_of_a_balancer() {
        created(NAMESPACE + "/services", "{metadata: {name: inner}, spec: {ports: [{port: 80}]}}");
        created(NAMESPACE + "/services", "{metadata: {name: outer}, spec: {type: LoadBalancer, ports: [{port: 80}]}}");
        String status = json("{status: {loadBalancer: {ingress: [{ip: 203.0.113.1}]}}}");

        assertThat(http.send("PATCH", NAMESPACE + "/services/inner/status", MERGE, status)
                        .body())
                .contains(
                        "status.loadBalancer.ingress: Forbidden: may only be used when `spec.type` is 'LoadBalancer'");
        assertThat(http.send("PATCH", NAMESPACE + "/services/outer/status", MERGE, status)
                        .code())
                .isEqualTo(200);
    }

    @Test
    void endpoints_of_a_slice_have_conditions_and_events_in_a_list_no_kind() {
        String slices = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";
        ObjectNode slice =
                created(slices, "{metadata: {name: s}, addressType: IPv4, endpoints: [{addresses: [10.8.8.8]}]}");
        assertThat(slice.path("endpoints").path(0).path("conditions").isObject())
                .isTrue();

        created(
                NAMESPACE + "/events",
                "{metadata: {name: listed, labels: {a: listed}}, involvedObject: {namespace: default}, reason: r}");
        JsonNode items = http.get("/apis/events.k8s.io/v1/namespaces/default/events?labelSelector=a%3Dlisted")
                .json()
                .path("items");
        assertThat(items.size()).isEqualTo(1);
        assertThat(items.get(0).has("kind")).isFalse();
    }

    @Test
    void a_cron_job_tells_how_long_ago_it_was_due() {
        String jobs = "/apis/batch/v1/namespaces/default/cronjobs";
        created(
                jobs,
                "{metadata: {name: due}, spec: {schedule: '0 0 1 1 *', jobTemplate: {spec: {template: {spec: "
                        + "{restartPolicy: Never, containers: [{name: c, image: i}]}}}}}}");
        http.send("PATCH", jobs + "/due/status", MERGE, json("{status: {lastScheduleTime: '2020-01-01T00:00:00Z'}}"));

        JsonNode table = http.send(http.to(jobs).setHeader("accept", "application/json;as=Table;v=v1;g=meta.k8s.io"))
                .json();

        assertThat(table.path("rows").path(0).path("cells").path(5).asString()).matches("[0-9]+y([0-9]+d)?");
    }
}
