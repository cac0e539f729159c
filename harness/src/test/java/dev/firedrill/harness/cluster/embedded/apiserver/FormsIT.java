package dev.firedrill.harness.cluster.embedded.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.json.JsonReader;
import dev.firedrill.harness.cluster.embedded.apiserver.json.Yaml;
import dev.firedrill.harness.cluster.embedded.apiserver.protobuf.ProtobufReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * In which form answers come, and with which headers. Source: the answers of Kubernetes 1.34 to the same requests.
 */
class FormsIT {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String MAP = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\","
            + "\"labels\":{\"form\":\"yes\"}},\"data\":{\"a\":\"true\",\"b\":\"two\\nlines: \\\"x\\\"\",\"c\":\"\"}}";
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private static final String FORM = "application/json;as=%s;v=v1;g=meta.k8s.io";

    private static ApiServer server;
    private static Http http;

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = ApiServer.start(ApiServerOptions.at("127.0.0.1", "kubelet", directory));
        http = new Http(server);
        http.post(MAPS, MAP.formatted("there"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Http.Answer accepting(String path, String accept) {
        return http.send(http.to(path).header("accept", accept));
    }

    private static String header(Http.Answer answer, String name) {
        return answer.response().headers().firstValue(name).orElse("");
    }

    @ParameterizedTest
    @CsvSource({MAPS + "/there, 200", MAPS + ", 200", MAPS + "/absent, 404", "/apis/apps/v1, 200"})
    void who_accepts_yaml_alone_gets_the_same_as_yaml(String path, int code) {
        Http.Answer yaml = accepting(path, "application/yaml");

        assertThat(yaml.code()).as(yaml.body()).isEqualTo(code);
        assertThat(header(yaml, "content-type")).isEqualTo("application/yaml");
        assertThat(yaml.body()).doesNotStartWith("{");
        assertThat(Yaml.read(yaml.body().getBytes(StandardCharsets.UTF_8)).tree())
                .isEqualTo(accepting(path, "application/json").json());
    }

    @Test
    void what_a_reader_of_yaml_may_take_for_something_else_is_quoted() {
        http.post(
                MAPS,
                "{\"metadata\":{\"name\":\"words\"},\"data\":{\"on\":\"yes\",\"size\":\"1_000\",\"plain\":\"text\"}}");

        assertThat(accepting(MAPS + "/words", "application/yaml").body())
                .contains("  \"on\": \"yes\"\n", "  size: \"1_000\"\n", "  plain: text\n");
    }

    @ParameterizedTest
    @CsvSource({MAPS + "/there, 200", MAPS + "/absent, 404"})
    void who_accepts_protobuf_alone_gets_the_same_as_protobuf(String path, int code) {
        HttpResponse<byte[]> protobuf = http.bytes(http.to(path).header("accept", ProtobufReader.MEDIA_TYPE));

        assertThat(protobuf.statusCode()).isEqualTo(code);
        assertThat(protobuf.headers().firstValue("content-type")).hasValue(ProtobufReader.MEDIA_TYPE);
        ObjectNode json = accepting(path, "application/json").json();
        assertThat(ProtobufReader.read(protobuf.body()).path("data")).isEqualTo(json.path("data"));
        assertThat(Json.textAt(ProtobufReader.read(protobuf.body()), "reason")).isEqualTo(Json.textAt(json, "reason"));
    }

    @ParameterizedTest
    @CsvSource({
        MAPS + ", application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io",
        MAPS + "?watch=true, application/vnd.kubernetes.protobuf",
        "/apis, application/vnd.kubernetes.protobuf"
    })
    void what_is_not_had_as_protobuf_is_refused(String path, String accept) {
        Http.Answer refused = accepting(path, accept);

        assertThat(refused.code()).as(refused.body()).isEqualTo(406);
    }

    @Test
    void who_prefers_json_gets_json() {
        assertThat(header(accepting(MAPS, "application/json, application/yaml"), "content-type"))
                .isEqualTo("application/json");
        assertThat(header(accepting(MAPS, "application/yaml, */*"), "content-type"))
                .isEqualTo("application/yaml");
        assertThat(header(accepting(MAPS, ProtobufReader.MEDIA_TYPE + ", */*"), "content-type"))
                .isEqualTo("application/json");
    }

    @Test
    void a_watch_does_not_come_as_yaml() {
        Http.Answer refused = accepting(MAPS + "?watch=true&timeoutSeconds=1", "application/yaml");

        assertThat(refused.code()).as(refused.body()).isEqualTo(406);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PartialObjectMetadata", "Table"})
    void a_bookmark_has_the_form_of_the_watch(String form) {
        String initial = "?watch=true&timeoutSeconds=1&sendInitialEvents=true&allowWatchBookmarks=true"
                + "&resourceVersionMatch=NotOlderThan&labelSelector=form%3Dyes";
        List<String> lines =
                accepting(MAPS + initial, FORM.formatted(form)).body().lines().toList();

        assertThat(lines).hasSize(2);
        JsonNode told =
                JsonReader.read(lines.get(1).getBytes(StandardCharsets.UTF_8)).tree();
        JsonNode bookmark = told.path("object");
        assertThat(Json.textAt(told, "type")).isEqualTo("BOOKMARK");
        assertThat(Json.textAt(bookmark, "kind")).isEqualTo(form);
        assertThat(Json.textAt(bookmark, "apiVersion")).isEqualTo("meta.k8s.io/v1");
        assertThat(Json.textAt(bookmark, "metadata", "resourceVersion")).isNotEmpty();
        JsonNode partial = form.equals("Table") ? bookmark.path("rows").path(0).path("object") : bookmark;
        assertThat(Json.textAt(partial, "metadata", "annotations", "k8s.io/initial-events-end"))
                .isEqualTo("true");
    }

    @Test
    void a_table_without_objects_says_so_and_later_events_have_no_columns() {
        JsonNode table =
                accepting(MAPS + "?includeObject=None", FORM.formatted("Table")).json();
        assertThat(table.path("rows").path(0).path("object").isNull()).isTrue();

        http.post(MAPS, MAP.formatted("other"));
        String second = accepting(
                        MAPS + "?watch=true&timeoutSeconds=1&labelSelector=form%3Dyes", FORM.formatted("Table"))
                .body()
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow();
        assertThat(second).contains("\"columnDefinitions\":null");
    }

    @Test
    void a_table_shows_objects_whole_as_metadata_or_not_at_all() {
        Http.Answer refused = accepting(MAPS + "?includeObject=Some", FORM.formatted("Table"));

        assertThat(refused.code()).as(refused.body()).isEqualTo(400);
        assertThat(Json.textAt(refused.json(), "message"))
                .isEqualTo("Unable to convert to Table as requested: includeObject: Invalid value: \"Some\": must be"
                        + " 'Metadata', 'Object', 'None', or empty");
    }

    @Test
    void a_scale_is_shown_as_a_table_of_what_is_wanted_and_there() {
        http.post(
                "/apis/apps/v1/namespaces/default/replicasets",
                "{\"metadata\":{\"name\":\"scaled\"},\"spec\":{\"replicas\":3,"
                        + "\"selector\":{\"matchLabels\":{\"a\":\"b\"}},"
                        + "\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},"
                        + "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}");

        JsonNode table = accepting("/apis/apps/v1/namespaces/default/replicasets/scaled/scale", FORM.formatted("Table"))
                .json();

        assertThat(table.path("columnDefinitions").valueStream().map(column -> Json.textAt(column, "name")))
                .containsExactly("Name", "Desired", "Available", "Age");
        JsonNode row = table.path("rows").path(0);
        assertThat(row.path("cells").valueStream().limit(3).map(JsonNode::asString))
                .containsExactly("scaled", "3", "0");
        assertThat(Json.textAt(row, "object", "kind")).isEqualTo("PartialObjectMetadata");
        assertThat(Json.textAt(table, "metadata", "resourceVersion"))
                .isEqualTo(Json.textAt(row, "object", "metadata", "resourceVersion"));
    }

    @Test
    void a_watch_can_do_without_what_is_there_already() {
        String query = "?watch=true&timeoutSeconds=1&resourceVersionMatch=NotOlderThan&sendInitialEvents=";

        assertThat(http.get(MAPS + query + "false").body()).isEmpty();
        assertThat(http.get(MAPS + query + "true").body()).contains("\"there\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/watch/namespaces/default/configmaps/there, true",
        "/api/v1/watch/namespaces/default/configmaps,       true",
        "/api/v1/watch/configmaps,                          true",
        "/api/v1/namespaces/default/configmaps/there,       false"
    })
    void the_old_path_of_a_watch_is_followed_and_one_object_is_read(String path, boolean followed) {
        String body = http.get(path + "?watch=true&timeoutSeconds=1").body();

        assertThat(body).contains("\"name\":\"there\"");
        assertThat(body.contains("\"type\":\"ADDED\"")).as(body).isEqualTo(followed);
    }

    @ParameterizedTest
    @CsvSource({
        "/apis,                  " + AGGREGATED,
        "/api,                   " + AGGREGATED,
        "/openapi/v2,            application/json",
        "/openapi/v3/apis/apps/v1, application/json"
    })
    void what_a_client_knows_already_is_not_sent_again(String path, String accept) {
        Http.Answer first = accepting(path, accept);
        String tag = header(first, "etag");

        Http.Answer again = http.send(http.to(path).header("accept", accept).header("if-none-match", tag));
        Http.Answer other = http.send(http.to(path).header("accept", accept).header("if-none-match", "\"other\""));

        assertThat(tag).startsWith("\"").endsWith("\"");
        assertThat(again.code()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(other.code()).isEqualTo(200);
        assertThat(other.body()).isEqualTo(first.body());
    }

    @Test
    void no_answer_is_to_be_kept_and_a_late_one_says_when_to_come_back() {
        assertThat(header(http.get(MAPS), "cache-control")).isEqualTo("no-cache, private");
        assertThat(header(http.get(MAPS + "?resourceVersion=99999999"), "retry-after"))
                .isEqualTo("1");
    }

    @Test
    void the_root_says_where_something_can_be_read() {
        assertThat(http.get("/").json().path("paths").valueStream().map(JsonNode::asString))
                .contains("/api/v1", "/apis/apps/v1", "/openapi/v3", "/readyz");
    }

    @Test
    void its_health_is_told_check_by_check_to_whoever_asks() {
        assertThat(http.get("/readyz").body()).isEqualTo("ok");
        assertThat(http.get("/readyz/ping").body()).isEqualTo("ok");
        assertThat(http.get("/readyz/nothing").code()).isEqualTo(404);
        assertThat(http.get("/livez?verbose").body()).isEqualTo("[+]ping ok\n[+]log ok\nlivez check passed\n");
        assertThat(http.get("/healthz?verbose&exclude=ping&exclude=no&exclude=any")
                        .body())
                .isEqualTo("""
                        [+]ping excluded: ok
                        [+]log ok
                        warn: some health checks cannot be excluded: no matches for "any","no"
                        healthz check passed
                        """);
    }
}
