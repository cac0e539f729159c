package dev.firedrill.harness.cluster.embedded.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.model.ProvisioningException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Answers to plain requests: codes, reasons, versions, watches. */
class ApiServerIT {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final int HISTORY = 20;

    private static ApiServer server;
    private static Http http;

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = ApiServer.start(
                ApiServerOptions.at("127.0.0.1", "kubelet", directory).withHistory(HISTORY));
        http = new Http(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String map(String name, String value) {
        return """
                {"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"%s","labels":{"test":"%1$s"}},"data":{"k":"%s"}}""".formatted(name, value);
    }

    private static String version(Http.Answer answer) {
        return Json.textAt(answer.json(), "metadata", "resourceVersion");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nowhere, 404, NotFound",
        "GET, /api/v2/pods, 404, NotFound",
        "GET, /apis/example.com/v1/toys, 404, NotFound",
        "GET, /api/v1/toys, 404, NotFound",
        "GET, /api/v1/namespaces/default/nodes, 404, NotFound",
        "GET, /api/v1/namespaces/default/configmaps/absent, 404, NotFound",
        "GET, /api/v1/namespaces/default/configmaps/absent/status, 404, NotFound",
        "PUT, /api/v1/namespaces/default/configmaps, 405, MethodNotAllowed",
        "DELETE, /api/v1/configmaps, 405, MethodNotAllowed",
        "DELETE, /apis/apps/v1/deployments, 405, MethodNotAllowed",
        "POST, /api/v1/namespaces/default/configmaps/x, 405, MethodNotAllowed",
        "POST, /apis/apiextensions.k8s.io/v1/customresourcedefinitions, 405, MethodNotAllowed",
        "GET, /api/v1/nodes/one/proxy/stats/summary, 405, MethodNotAllowed",
        "GET, /api/v1/namespaces/default/pods/one/resize, 405, MethodNotAllowed",
        "GET, /api/v1/pods?labelSelector=a%20like%20b, 400, BadRequest",
        "GET, /api/v1/pods?fieldSelector=spec.foo=1, 400, BadRequest",
        "GET, /api/v1/pods?resourceVersion=abc, 400, BadRequest",
        "GET, /api/v1/pods?continue=abc, 400, BadRequest",
        "GET, /api/v1/pods?resourceVersion=999999, 504, Timeout",
        "POST, /api/v1/namespaces/absent/configmaps, 404, NotFound"
    })
    void what_cannot_be_answered_is_a_status_with_its_reason(String method, String path, int code, String reason) {
        String body = method.equals("GET") ? "" : map("x", "y");
        Http.Answer answer = http.send(http.to(path)
                .header("content-type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().path("kind").asString()).isEqualTo("Status");
        assertThat(answer.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "nonsense",
                "{\"kind\":\"Secret\"}",
                "{\"apiVersion\":\"v2\"}",
                "{} {}",
                "{\"data\":{\"a\":1}}",
                "{\"metadata\":{\"name\":\"x\",\"namespace\":\"other\"}}"
            })
    void a_malformed_body_is_a_bad_request(String body) {
        Http.Answer answer = http.post(MAPS, body);
        assertThat(answer.code()).as(answer.body()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo("BadRequest");
    }

    @Test
    void media_types_that_nobody_has_are_refused() {
        assertThat(http.send("POST", MAPS, "text/plain", "x").code()).isEqualTo(415);
        assertThat(http.send(http.to(MAPS).header("accept", "text/html").GET()).code())
                .isEqualTo(406);
        http.post(MAPS, map("typed", "x"));
        assertThat(http.send("PATCH", MAPS + "/typed", "application/json", "{}").code())
                .isEqualTo(415);
    }

    @Test
    void a_body_beyond_three_megabytes_is_refused() {
        assertThat(http.post(MAPS, map("large", "x".repeat(3 * 1024 * 1024))).code())
                .isEqualTo(413);
        assertThat(http.post(MAPS, map("large", "x".repeat(2 * 1024 * 1024))).code())
                .isEqualTo(422);
    }

    @Test
    void only_health_and_version_are_answered_without_a_token() {
        for (String path : List.of("/healthz", "/livez", "/readyz", "/version", "/version/")) {
            assertThat(anonymous(path)).isEqualTo(200);
        }
        for (String path : List.of("/", "/api", "/openapi/v3", "/api/v1/pods", "/nowhere")) {
            assertThat(anonymous(path)).isEqualTo(401);
        }
    }

    private static int anonymous(String path) {
        HttpRequest.Builder request = http.to(path).GET();
        return http.send(request.setHeader("authorization", "Bearer wrong")).code();
    }

    @Test
    void a_service_accounts_token_is_believed_and_a_changed_one_is_not() {
        http.post("/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"robot\"}}");
        String token = Json.textAt(
                http.post("/api/v1/namespaces/default/serviceaccounts/robot/token", "{}")
                        .json(),
                "status",
                "token");
        assertThat(bearer(token)).isEqualTo(200);
        assertThat(bearer(token.substring(0, token.length() - 4) + "AAAA")).isEqualTo(401);
        assertThat(bearer("a.b.c")).isEqualTo(401);
    }

    private static int bearer(String token) {
        return http.send(http.to("/api/v1/namespaces")
                        .setHeader("authorization", "Bearer " + token)
                        .GET())
                .code();
    }

    @Test
    void what_is_dear_without_instructions_for_aes_is_not_chosen() {
        String suite =
                http.get("/version").response().sslSession().orElseThrow().getCipherSuite();
        assertThat(suite).contains("CHACHA20");
    }

    @Test
    void the_kubeconfig_is_readable_by_this_user_alone(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("kubeconfig"), "old");
        server.writeKubeconfig(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).contains(server.url(), "current-context: firedrill");
    }

    @Test
    void a_port_that_is_taken_is_named(@TempDir Path directory) {
        int port = Integer.parseInt(server.url().substring(server.url().lastIndexOf(':') + 1));
        ApiServerOptions options =
                ApiServerOptions.at("127.0.0.1", "kubelet", directory).withPort(port);
        assertThatThrownBy(() -> ApiServer.start(options).close())
                .isInstanceOf(ProvisioningException.class)
                .hasMessageContaining("port " + port);
    }

    @Test
    void an_update_that_changes_nothing_keeps_its_version() {
        String created = version(http.post(MAPS, map("calm", "x")));
        Http.Answer same = http.send("PUT", MAPS + "/calm", "application/json", map("calm", "x"));
        assertThat(version(same)).isEqualTo(created);
        Http.Answer other = http.send("PUT", MAPS + "/calm", "application/json", map("calm", "y"));
        assertThat(Long.parseLong(version(other))).isGreaterThan(Long.parseLong(created));
    }

    @Test
    void a_dry_run_stores_nothing() {
        Http.Answer answer = http.post(MAPS + "?dryRun=All", map("imagined", "x"));
        assertThat(answer.code()).isEqualTo(201);
        assertThat(http.get(MAPS + "/imagined").code()).isEqualTo(404);
    }

    @Test
    void a_delete_with_another_uid_is_a_conflict() {
        http.post(MAPS, map("guarded", "x"));
        Http.Answer answer =
                http.send("DELETE", MAPS + "/guarded", "application/json", "{\"preconditions\":{\"uid\":\"other\"}}");
        assertThat(answer.code()).isEqualTo(409);
        assertThat(http.get(MAPS + "/guarded").code()).isEqualTo(200);
    }

    @Test
    void finalizers_hold_an_object_until_they_are_gone() {
        http.post(MAPS, "{\"metadata\":{\"name\":\"held\",\"finalizers\":[\"example.com/wait\"]}}");
        assertThat(http.send("DELETE", MAPS + "/held", "application/json", "").code())
                .isEqualTo(200);
        assertThat(Json.textAt(http.get(MAPS + "/held").json(), "metadata", "deletionTimestamp"))
                .isNotEmpty();
        http.send("PATCH", MAPS + "/held", "application/merge-patch+json", "{\"metadata\":{\"finalizers\":null}}");
        assertThat(http.get(MAPS + "/held").code()).isEqualTo(404);
    }

    @Test
    void pages_show_one_moment() {
        String secrets = "/api/v1/namespaces/default/secrets";
        for (int i = 0; i < 5; i++) {
            http.post(secrets, "{\"metadata\":{\"name\":\"s%d\"}}".formatted(i));
        }
        JsonNode first = http.get(secrets + "?limit=2").json();
        assertThat(Json.longAt(first, 0, "metadata", "remainingItemCount")).isEqualTo(3);
        http.send("DELETE", secrets + "/s4", "application/json", "");
        String next = secrets + "?limit=10&continue=" + Json.textAt(first, "metadata", "continue");
        JsonNode rest = http.get(next).json();
        assertThat(rest.path("items")).hasSize(3);
        assertThat(rest.path("metadata").has("continue")).isFalse();
        assertThat(rest.path("metadata").path("resourceVersion"))
                .isEqualTo(first.path("metadata").path("resourceVersion"));
        assertThat(http.get(next).json()).as("the last page, once more").isEqualTo(rest);
    }

    @Test
    void a_list_that_is_too_old_to_go_on_with_goes_on_with_what_is_there_now() {
        String quotas = "/api/v1/namespaces/default/resourcequotas";
        for (int i = 0; i < 5; i++) {
            http.post(quotas, "{\"metadata\":{\"name\":\"a%d\"}}".formatted(i));
        }
        JsonNode first = http.get(quotas + "?limit=2").json();
        for (int i = 0; i < 40; i++) {
            http.get(quotas + "?limit=1");
        }
        String last = Json.textAt(first.path("items").path(1), "metadata", "name");
        http.send("DELETE", quotas + "/a3", "application/json", "");

        Http.Answer expired = http.get(quotas + "?continue=" + Json.textAt(first, "metadata", "continue"));
        assertThat(expired.code()).as(expired.body()).isEqualTo(410);
        assertThat(expired.reason()).isEqualTo("Expired");
        String next = quotas + "?limit=1&continue=" + Json.textAt(expired.json(), "metadata", "continue");

        JsonNode rest = http.get(next).json();
        assertThat(last).isEqualTo("a1");
        assertThat(Json.textAt(rest.path("items").path(0), "metadata", "name")).isEqualTo("a2");
        JsonNode end = http.get(quotas + "?continue=" + Json.textAt(rest, "metadata", "continue"))
                .json();
        assertThat(end.path("items")).hasSize(1);
        assertThat(Json.textAt(end.path("items").path(0), "metadata", "name")).isEqualTo("a4");
    }

    @Test
    void a_watch_resumes_and_an_old_version_has_expired() {
        String since = version(http.post(MAPS, map("resumed", "0")));
        http.send("PUT", MAPS + "/resumed", "application/json", map("resumed", "1"));
        http.send("DELETE", MAPS + "/resumed", "application/json", "");
        String watch = MAPS + "?watch=1&timeoutSeconds=1&labelSelector=test%3Dresumed&resourceVersion=";
        try (Stream<String> lines = http.lines(watch + since)) {
            assertThat(lines.map(ApiServerIT::type)).containsExactly("MODIFIED", "DELETED");
        }
        http.post(MAPS, map("busy", "start"));
        for (int i = 0; i <= HISTORY; i++) {
            http.send("PUT", MAPS + "/busy", "application/json", map("busy", "" + i));
        }
        try (Stream<String> lines = http.lines(watch + since)) {
            JsonNode only = Trees.tree(lines.toList().get(0));
            assertThat(Json.textAt(only, "type")).isEqualTo("ERROR");
            assertThat(Json.longAt(only, 0, "object", "code")).isEqualTo(410);
            assertThat(Json.textAt(only, "object", "reason")).isEqualTo("Expired");
        }
    }

    private static String type(String line) {
        return Json.textAt(Trees.tree(line), "type");
    }

    @Test
    void a_list_can_be_streamed_as_a_watch_and_ends_with_a_bookmark() {
        http.post(MAPS, map("streamed", "x"));
        String path = MAPS + "?watch=1&timeoutSeconds=1&allowWatchBookmarks=true&sendInitialEvents=true"
                + "&resourceVersionMatch=NotOlderThan&labelSelector=test%3Dstreamed";
        try (Stream<String> lines = http.lines(path)) {
            List<JsonNode> events = lines.map(Trees::tree).toList();
            assertThat(events).extracting(event -> Json.textAt(event, "type")).containsExactly("ADDED", "BOOKMARK");
            assertThat(Json.textAt(events.get(1), "object", "metadata", "annotations", "k8s.io/initial-events-end"))
                    .isEqualTo("true");
        }
    }

    @Test
    void bookmarks_come_where_they_are_asked_for(@TempDir Path directory) {
        ApiServerOptions often =
                ApiServerOptions.at("127.0.0.1", "kubelet", directory).withBookmarks(Duration.ofMillis(100));
        try (ApiServer other = ApiServer.start(often)) {
            String path = "/api/v1/pods?watch=1&timeoutSeconds=2&allowWatchBookmarks=true&resourceVersion=1";
            try (Stream<String> lines = new Http(other).lines(path)) {
                assertThat(lines.map(ApiServerIT::type).toList()).contains("BOOKMARK");
            }
        }
    }

    @Test
    void an_event_is_shown_in_both_groups() {
        http.post("/api/v1/namespaces/default/events", """
                {"metadata":{"name":"e1"},"involvedObject":{"kind":"Pod","name":"p","namespace":"default"},
                 "reason":"Started","message":"it runs","type":"Normal"}""");
        JsonNode modern =
                http.get("/apis/events.k8s.io/v1/namespaces/default/events/e1").json();
        assertThat(Json.textAt(modern, "note")).isEqualTo("it runs");
        assertThat(Json.textAt(modern, "regarding", "name")).isEqualTo("p");
        assertThat(http.get("/api/v1/namespaces/default/events?fieldSelector=involvedObject.name%3Dp,reason%3DStarted")
                        .json()
                        .path("items"))
                .hasSize(1);
    }

    @Test
    void an_unknown_field_is_a_warning_unless_strict() {
        Http.Answer warned =
                http.post(MAPS, "{\"metadata\":{\"name\":\"odd\"},\"dta\":{},\"data\":{\"a\":\"1\",\"a\":\"2\"}}");
        assertThat(warned.code()).isEqualTo(201);
        assertThat(warned.response().headers().allValues("warning"))
                .containsExactly("299 - \"unknown field \\\"dta\\\"\"", "299 - \"duplicate field \\\"data.a\\\"\"");
        Http.Answer strict =
                http.post(MAPS + "?fieldValidation=Strict", "{\"metadata\":{\"name\":\"odd2\"},\"dta\":{}}");
        assertThat(strict.code()).isEqualTo(400);
        assertThat(Json.textAt(strict.json(), "message")).endsWith("strict decoding error: unknown field \"dta\"");
    }
}
