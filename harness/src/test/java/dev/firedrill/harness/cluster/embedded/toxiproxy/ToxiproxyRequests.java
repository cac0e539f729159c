package dev.firedrill.harness.cluster.embedded.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What any Toxiproxy of version 2.12 answers to requests. */
@Timeout(60)
abstract class ToxiproxyRequests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    abstract InetSocketAddress server();

    private ToxiproxyClient client() {
        return new ToxiproxyClient(server().getAddress().getHostAddress(), server().getPort());
    }

    @AfterEach
    void removeAll() throws IOException {
        for (Proxy proxy : client().getProxies()) {
            proxy.delete();
        }
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server().getPort() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    private void refused(String method, String path, String body, int status, String error) {
        HttpResponse<String> answer = send(method, path, body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).path("error").asString()).isEqualTo(error);
        assertThat(json(answer).path("status").asInt()).isEqualTo(status);
    }

    private void badBody(String method, String path, String body) {
        HttpResponse<String> answer = send(method, path, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("error").asString()).startsWith("bad request body: ");
    }

    @Test
    void a_proxy_is_made_shown_and_listed() throws IOException {
        Proxy made = client().createProxy("api", "127.0.0.1:0", "127.0.0.1:1");
        assertThat(made.getListen()).matches("127\\.0\\.0\\.1:[1-9]\\d*");
        assertThat(made.getUpstream()).isEqualTo("127.0.0.1:1");
        assertThat(made.isEnabled()).isTrue();
        assertThat(client().getProxy("api").getListen()).isEqualTo(made.getListen());
        assertThat(client().getProxies()).extracting(Proxy::getName).containsExactly("api");

        HttpResponse<String> listed = send("GET", "/proxies", "");
        assertThat(listed.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(json(listed).at("/api/toxics")).isEqualTo(JSON.createArrayNode());
        made.delete();
        assertThat(client().getProxies()).isEmpty();
    }

    @Test
    void a_proxy_is_made_with_status_201_and_deleted_with_204() {
        assertThat(send("POST", "/proxies", "{\"name\":\"a\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"b:1\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(send("DELETE", "/proxies/a", "").statusCode()).isEqualTo(204);
        refused("DELETE", "/proxies/a", "", 404, "proxy not found");
    }

    @Test
    void a_proxy_that_is_made_disabled_does_not_listen() {
        HttpResponse<String> made = send(
                "POST",
                "/proxies",
                "{\"name\":\"a\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"b:1\",\"enabled\":false}");
        assertThat(json(made).path("enabled").asBoolean(true)).isFalse();
        assertThat(json(made).path("listen").asString()).isEqualTo("127.0.0.1:0");
    }

    @Test
    void a_proxy_without_listen_gets_a_free_port() {
        HttpResponse<String> made = send("POST", "/proxies", "{\"name\":\"a\",\"upstream\":\"b:1\"}");
        assertThat(json(made).path("listen").asString()).matches(".*:[1-9]\\d*");
    }

    @Test
    void a_proxy_lacks_its_name_or_upstream() {
        refused("POST", "/proxies", "{}", 400, "missing required field: name");
        refused("POST", "/proxies", "{\"name\":\"a\"}", 400, "missing required field: upstream");
    }

    @Test
    void a_name_is_taken() throws IOException {
        client().createProxy("a", "127.0.0.1:0", "b:1");
        refused("POST", "/proxies", "{\"name\":\"a\",\"upstream\":\"b:1\"}", 409, "proxy already exists");
    }

    @Test
    void an_address_is_taken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, server().getAddress())) {
            String listen = "127.0.0.1:" + taken.getLocalPort();
            refused(
                    "POST",
                    "/proxies",
                    "{\"name\":\"a\",\"listen\":\"" + listen + "\",\"upstream\":\"b:1\"}",
                    500,
                    "listen tcp " + listen + ": bind: address already in use");
            refused(
                    "POST",
                    "/proxies",
                    "{\"name\":\"a\",\"listen\":\"localhost:" + taken.getLocalPort() + "\",\"upstream\":\"b:1\"}",
                    500,
                    "listen tcp " + listen + ": bind: address already in use");
        }
        refused(
                "POST",
                "/proxies",
                "{\"name\":\"a\",\"listen\":\"nowhere\",\"upstream\":\"b:1\"}",
                500,
                "listen tcp: address nowhere: missing port in address");
        assertThat(client().getProxies()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    POST  | /proxies          | {
                    POST  | /proxies          | []
                    POST  | /proxies          | {"name":5}
                    POST  | /proxies          | {"name":"b","upstream":"c:1","enabled":"yes"}
                    PATCH | /proxies/a        | {"enabled":1}
                    POST  | /proxies/a/toxics | {"type":"latency","toxicity":"much"}
                    POST  | /proxies/a/toxics | {"type":"latency","attributes":{"latency":"long"}}
                    POST  | /proxies/a/toxics | {"type":"latency","attributes":{"latency":1.5}}
                    POST  | /proxies/a/toxics | {"type":"latency","attributes":[]}
                    PATCH | /proxies/a/toxics/t | {"attributes":{"jitter":true}}
                    PATCH | /proxies/a/toxics/t | {"toxicity":
                    POST  | /populate         | {"name":"b"}
                    POST  | /populate         | [5]
                    """)
    void a_body_is_bad(String method, String path, String body) throws IOException {
        client().createProxy("a", "127.0.0.1:0", "b:1").toxics().latency("t", ToxicDirection.UPSTREAM, 7);
        badBody(method, path, body);
        assertThat(client().getProxies()).extracting(Proxy::getName).containsExactly("a");
        assertThat(client().getProxy("a").toxics().getAll())
                .extracting(Toxic::getName)
                .containsExactly("t");
    }

    @Test
    void an_empty_body_is_bad() {
        refused("POST", "/proxies", "", 400, "bad request body: EOF");
    }

    @Test
    void fields_that_nobody_knows_are_ignored() {
        assertThat(send("POST", "/proxies", "{\"name\":\"a\",\"upstream\":\"b:1\",\"color\":\"red\"}")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void field_names_are_read_without_their_case() throws IOException {
        assertThat(send("POST", "/proxies", "{\"Name\":\"a\",\"LISTEN\":\"127.0.0.1:0\",\"upStream\":\"b:1\"}")
                        .statusCode())
                .isEqualTo(201);
        send("POST", "/proxies/a/toxics", "{\"Type\":\"latency\",\"Attributes\":{\"Latency\":7}}");
        Latency latency = (Latency) client().getProxy("a").toxics().get("latency_downstream");
        assertThat(latency.getLatency()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"PATCH", "POST"})
    void a_proxy_is_changed_and_keeps_its_name_and_toxics(String method) throws IOException {
        Proxy proxy = client().createProxy("a", "127.0.0.1:0", "b:1");
        proxy.toxics().latency("slow", ToxicDirection.DOWNSTREAM, 5);
        HttpResponse<String> changed = send(method, "/proxies/a", "{\"name\":\"z\",\"upstream\":\"c:2\"}");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(json(changed).path("name").asString()).isEqualTo("a");
        assertThat(json(changed).path("upstream").asString()).isEqualTo("c:2");
        assertThat(json(changed).path("listen").asString()).isEqualTo(proxy.getListen());
        assertThat(json(changed).path("enabled").asBoolean()).isTrue();
        assertThat(json(changed).at("/toxics/0/name").asString()).isEqualTo("slow");
    }

    @Test
    void a_proxy_is_disabled_and_enabled() throws IOException {
        Proxy proxy = client().createProxy("a", "127.0.0.1:0", "b:1");
        proxy.disable();
        assertThat(client().getProxy("a").isEnabled()).isFalse();
        proxy.enable();
        assertThat(client().getProxy("a").isEnabled()).isTrue();
        assertThat(client().getProxy("a").getListen()).isEqualTo(proxy.getListen());
    }

    @Test
    void a_proxy_that_cannot_listen_at_its_new_address_is_disabled() throws IOException {
        client().createProxy("a", "127.0.0.1:0", "b:1");
        try (ServerSocket taken = new ServerSocket(0, 1, server().getAddress())) {
            String listen = "127.0.0.1:" + taken.getLocalPort();
            HttpResponse<String> answer = send("PATCH", "/proxies/a", "{\"listen\":\"" + listen + "\"}");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(json(send("GET", "/proxies/a", "")).path("listen").asString())
                    .isEqualTo(listen);
            assertThat(client().getProxy("a").isEnabled()).isFalse();
            assertThat(send("POST", "/reset", "").statusCode()).isEqualTo(500);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "latency, '{\"latency\":0,\"jitter\":0}'",
        "bandwidth, '{\"rate\":0}'",
        "slow_close, '{\"delay\":0}'",
        "timeout, '{\"timeout\":0}'",
        "reset_peer, '{\"timeout\":0}'",
        "slicer, '{\"average_size\":0,\"size_variation\":0,\"delay\":0}'",
        "limit_data, '{\"bytes\":0}'",
        "noop, '{}'"
    })
    void a_toxic_has_defaults(String type, String attributes) throws IOException {
        client().createProxy("a", "127.0.0.1:0", "b:1");
        HttpResponse<String> made = send("POST", "/proxies/a/toxics", "{\"type\":\"" + type + "\"}");
        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(json(made).path("attributes").toString()).isEqualTo(attributes);
        assertThat(json(made).path("name").asString()).isEqualTo(type + "_downstream");
        assertThat(json(made).path("stream").asString()).isEqualTo("downstream");
        assertThat(json(made).path("toxicity").asDouble()).isEqualTo(1);
        assertThat(json(send("GET", "/proxies/a/toxics/" + type + "_downstream", "")))
                .isEqualTo(json(made));
    }

    @Test
    void a_toxic_is_refused() throws IOException {
        client().createProxy("a", "127.0.0.1:0", "b:1");
        refused("POST", "/proxies/a/toxics", "{\"type\":\"rain\"}", 400, "invalid toxic type");
        refused("POST", "/proxies/a/toxics", "{}", 400, "invalid toxic type");
        refused(
                "POST",
                "/proxies/a/toxics",
                "{\"type\":\"latency\",\"stream\":\"sideways\"}",
                400,
                "stream was invalid, can be either upstream or downstream");
        refused("POST", "/proxies/none/toxics", "{\"type\":\"latency\"}", 404, "proxy not found");
        send("POST", "/proxies/a/toxics", "{\"type\":\"latency\"}");
        refused("POST", "/proxies/a/toxics", "{\"type\":\"latency\"}", 409, "toxic already exists");
        refused("GET", "/proxies/a/toxics/none", "", 404, "toxic not found");
        refused("PATCH", "/proxies/a/toxics/none", "{}", 404, "toxic not found");
        refused("DELETE", "/proxies/a/toxics/none", "", 404, "toxic not found");
        assertThat(client().getProxy("a").toxics().getAll()).hasSize(1);
    }

    @Test
    void the_direction_of_a_toxic_is_read_without_its_case() throws IOException {
        client().createProxy("a", "127.0.0.1:0", "b:1");
        assertThat(json(send("POST", "/proxies/a/toxics", "{\"type\":\"latency\",\"stream\":\"UPSTREAM\"}"))
                        .path("name")
                        .asString())
                .isEqualTo("latency_UPSTREAM");
    }

    @Test
    void toxics_are_listed_upstream_first_and_then_in_their_order() throws IOException {
        Proxy proxy = client().createProxy("a", "127.0.0.1:0", "b:1");
        proxy.toxics().bandwidth("second", ToxicDirection.DOWNSTREAM, 1);
        proxy.toxics().latency("third", ToxicDirection.DOWNSTREAM, 1);
        proxy.toxics().slowClose("first", ToxicDirection.UPSTREAM, 1);
        JsonNode listed = json(send("GET", "/proxies/a/toxics", ""));
        assertThat(listed.findValuesAsString("name")).containsExactly("first", "second", "third");
    }

    @Test
    void a_toxic_is_changed_by_attribute() throws IOException {
        Proxy proxy = client().createProxy("a", "127.0.0.1:0", "b:1");
        Latency latency = proxy.toxics().latency("slow", ToxicDirection.UPSTREAM, 100);
        latency.setJitter(15);
        latency.setToxicity(0.25f);
        JsonNode changed = json(send(
                "PATCH",
                "/proxies/a/toxics/slow",
                "{\"name\":\"other\",\"type\":\"timeout\",\"stream\":\"downstream\",\"attributes\":{\"latency\":3}}"));
        assertThat(changed.path("name").asString()).isEqualTo("slow");
        assertThat(changed.path("type").asString()).isEqualTo("latency");
        assertThat(changed.path("stream").asString()).isEqualTo("upstream");
        assertThat(changed.path("toxicity").asDouble()).isEqualTo(0.25);
        assertThat(changed.path("attributes").toString()).isEqualTo("{\"latency\":3,\"jitter\":15}");
        latency.remove();
        assertThat(proxy.toxics().getAll()).isEmpty();
    }

    @Test
    void reset_enables_all_proxies_and_removes_all_toxics() throws IOException {
        Proxy proxy = client().createProxy("a", "127.0.0.1:0", "b:1");
        proxy.toxics().latency("slow", ToxicDirection.UPSTREAM, 100);
        proxy.disable();
        client().reset();
        assertThat(client().getProxy("a").isEnabled()).isTrue();
        assertThat(client().getProxy("a").toxics().getAll()).isEmpty();
    }

    @Test
    void populate_makes_proxies_and_replaces_only_those_that_differ() throws IOException {
        HttpResponse<String> first = send("POST", "/populate", population("b:1", "c:1"));
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(json(first).path("proxies").findValuesAsString("name")).containsExactly("x", "y");
        String listen = client().getProxy("x").getListen();
        client().getProxy("x").toxics().latency("slow", ToxicDirection.UPSTREAM, 100);
        client().getProxy("y").toxics().latency("slow", ToxicDirection.UPSTREAM, 100);

        String same = "[{\"name\":\"x\",\"listen\":\"" + listen + "\",\"upstream\":\"b:1\"},"
                + "{\"name\":\"y\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"d:1\"}]";
        assertThat(send("POST", "/populate", same).statusCode()).isEqualTo(201);
        assertThat(client().getProxy("x").toxics().getAll()).hasSize(1);
        assertThat(client().getProxy("x").getListen()).isEqualTo(listen);
        assertThat(client().getProxy("y").toxics().getAll()).isEmpty();
        assertThat(client().getProxy("y").getUpstream()).isEqualTo("d:1");
    }

    /** Listening on another address would cost it its toxics. */
    @Test
    void a_proxy_listens_on_the_same_address_however_its_host_is_written() throws IOException {
        Proxy proxy = client().createProxy("a", "localhost:0", "b:1");
        assertThat(proxy.getListen()).startsWith("127.0.0.1:");
        proxy.toxics().latency("slow", ToxicDirection.UPSTREAM, 100);
        String same = "{\"name\":\"a\",\"listen\":\"" + proxy.getListen().replace("127.0.0.1", "localhost")
                + "\",\"upstream\":\"b:1\"}";

        HttpResponse<String> populated = send("POST", "/populate", "[" + same + "]");
        assertThat(populated.statusCode()).isEqualTo(201);
        assertThat(json(populated).at("/proxies/0/listen").asString()).isEqualTo(proxy.getListen());
        assertThat(client().getProxy("a").toxics().getAll()).hasSize(1);
        assertThat(json(send("POST", "/proxies/a", same)).path("listen").asString())
                .isEqualTo(proxy.getListen());
    }

    private static String population(String one, String other) {
        return "[{\"name\":\"x\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"" + one + "\"},"
                + "{\"name\":\"y\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"" + other + "\",\"enabled\":false}]";
    }

    @Test
    void populate_looks_at_all_before_it_makes_any() throws IOException {
        refused(
                "POST",
                "/populate",
                "[{\"name\":\"x\",\"upstream\":\"b:1\"},{\"name\":\"y\"}]",
                400,
                "missing required field: upstream at proxy 2");
        refused("POST", "/populate", "[{\"upstream\":\"b:1\"}]", 400, "missing required field: name at proxy 1");
        assertThat(client().getProxies()).isEmpty();
        assertThat(json(send("POST", "/populate", "[]")).path("proxies").isNull())
                .isTrue();
    }

    @Test
    void populate_tells_what_it_made_before_it_failed() throws IOException {
        HttpResponse<String> answer = send(
                "POST",
                "/populate",
                "[{\"name\":\"x\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"b:1\"},"
                        + "{\"name\":\"y\",\"listen\":\"nowhere\",\"upstream\":\"b:1\"}]");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(json(answer).path("error").asString())
                .isEqualTo("listen tcp: address nowhere: missing port in address");
        assertThat(json(answer).path("proxies").findValuesAsString("name")).containsExactly("x");
        assertThat(client().getProxies()).extracting(Proxy::getName).containsExactly("x");
    }

    @Test
    void unknown_paths_and_methods_are_told_apart() {
        assertThat(send("GET", "/nothing", "").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/nothing", "").body()).isEqualTo("404 page not found\n");
        assertThat(send("GET", "/proxies/", "").statusCode()).isEqualTo(404);
        assertThat(send("PUT", "/proxies", "{}").statusCode()).isEqualTo(405);
        assertThat(send("GET", "/reset", "").statusCode()).isEqualTo(405);
        refused("GET", "/proxies/none", "", 404, "proxy not found");
        refused("GET", "/proxies/none/toxics", "", 404, "proxy not found");
    }

    @Test
    void browsers_are_sent_away() {
        HttpResponse<String> answer = send("GET", "/proxies", "", "User-Agent", "Mozilla/5.0 (X11; Linux x86_64)");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("User agent not allowed\n");
    }

    @Test
    void every_answer_has_an_id_of_its_request() {
        String header = "X-Toxiproxy-Request-Id";
        String first = send("GET", "/version", "").headers().firstValue(header).orElseThrow();
        assertThat(send("GET", "/proxies/none", "").headers().firstValue(header))
                .isPresent()
                .get()
                .isNotEqualTo(first);
    }

    @Test
    void the_version_is_told() throws IOException {
        HttpResponse<String> answer = send("GET", "/version", "");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json;charset=utf-8");
        assertThat(json(answer).path("version").asString()).isNotEmpty();
        assertThat(client().version()).contains(json(answer).path("version").asString());
    }

    @Test
    void the_client_is_told_the_servers_own_error() throws IOException {
        client().createProxy("a", "127.0.0.1:0", "b:1");
        assertThatThrownBy(() -> client().createProxy("a", "127.0.0.1:0", "b:1"))
                .hasMessageContaining("409");
    }
}
