package dev.firedrill.harness.cluster.embedded.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs come from the kubelet, and proxied requests from pods; both are played by a small HTTP server. */
class ForwardingIT {
    private static final String PODS = "/api/v1/namespaces/default/pods";

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private ApiServer server;
    private Http http;
    private HttpServer other;
    private ExecutorService threads;

    @BeforeEach
    void start() throws IOException {
        server = ApiServer.start(ApiServerOptions.at("127.0.0.1", "secret", directory));
        http = new Http(server);
        threads = Executors.newCachedThreadPool();
        other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.setExecutor(threads);
        other.createContext("/containerLogs/", this::log);
        other.createContext("/echo", ForwardingIT::echo);
        other.start();
        http.post("/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
        http.post("/api/v1/nodes", "{\"metadata\":{\"name\":\"node\"}}");
        status(
                "/api/v1/nodes/node",
                "{\"addresses\":[{\"type\":\"InternalIP\",\"address\":\"127.0.0.1\"}],"
                        + "\"daemonEndpoints\":{\"kubeletEndpoint\":{\"Port\":%d}}}".formatted(port()));
        http.post(
                PODS,
                "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"main\",\"image\":\"i\"}]}}");
        http.post(PODS + "/p/binding", "{\"target\":{\"name\":\"node\"}}");
        status(PODS + "/p", "{\"podIP\":\"127.0.0.1\"}");
    }

    @AfterEach
    void stop() {
        mayGoOn.countDown();
        server.close();
        other.stop(0);
        threads.shutdownNow();
    }

    private int port() {
        return other.getAddress().getPort();
    }

    private void status(String path, String status) {
        http.send("PATCH", path + "/status", "application/merge-patch+json", "{\"status\":" + status + "}");
    }

    private void log(HttpExchange exchange) throws IOException {
        boolean known = "Bearer secret".equals(exchange.getRequestHeaders().getFirst("authorization"));
        exchange.sendResponseHeaders(known ? 200 : 401, 0);
        String line = exchange.getRequestURI() + "\n";
        exchange.getResponseBody().write(line.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        if (line.contains("follow=true")) {
            waitUntilAllowed();
            exchange.getResponseBody().write("later\n".getBytes(StandardCharsets.UTF_8));
        }
        exchange.close();
    }

    private void waitUntilAllowed() {
        try {
            assertThat(mayGoOn.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void echo(HttpExchange exchange) throws IOException {
        String text = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("authorization") + " "
                + exchange.getRequestHeaders().getFirst("x-own") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("x-answer", "yes");
        exchange.sendResponseHeaders(202, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void a_log_comes_from_the_kubelet_with_its_options() {
        Http.Answer answer = http.get(PODS + "/p/log?tailLines=5&timestamps=true");
        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("/containerLogs/default/p/main?")
                .contains("tailLines=5", "timestamps=true");
    }

    @Test
    void a_followed_log_arrives_while_it_is_written() {
        try (Stream<String> lines = http.lines(PODS + "/p/log?follow=true")) {
            List<String> seen = new ArrayList<>();
            lines.forEach(line -> {
                seen.add(line);
                mayGoOn.countDown();
            });
            assertThat(seen).hasSize(2).last().isEqualTo("later");
        }
    }

    @Test
    void kubectl_follows_a_log() {
        Kubectl kubectl = Kubectl.orAbort(server, directory);
        mayGoOn.countDown();
        Kubectl.Output output = kubectl.run("logs", "-f", "p");
        assertThat(output.out()).contains("/containerLogs/default/p/main").endsWith("later\n");
    }

    @Test
    void it_must_be_clear_whose_log() {
        http.post(
                PODS,
                "{\"metadata\":{\"name\":\"two\"},\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"i\"},"
                        + "{\"name\":\"b\",\"image\":\"i\"}]}}");
        assertThat(Json.textAt(http.get(PODS + "/two/log").json(), "message"))
                .isEqualTo("a container name must be specified for pod two, choose one of: [a b]");
        assertThat(http.get(PODS + "/p/log?container=other").code()).isEqualTo(400);
        assertThat(http.get(PODS + "/absent/log").code()).isEqualTo(404);
        assertThat(http.get(PODS + "/two/log?container=a").code()).isEqualTo(204);
    }

    @Test
    void a_request_reaches_a_pod_without_the_callers_token() {
        Http.Answer answer = http.send(http.to(PODS + "/p:" + port() + "/proxy/echo/x?a=b")
                .header("x-own", "mine")
                .POST(HttpRequest.BodyPublishers.ofString("hello")));
        assertThat(answer.code()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("POST /echo/x?a=b null mine hello");
        assertThat(answer.response().headers().firstValue("x-answer")).hasValue("yes");
    }

    @Test
    void a_request_reaches_a_ready_endpoint_of_a_service() {
        http.post(
                "/api/v1/namespaces/default/services",
                "{\"metadata\":{\"name\":\"s\"},\"spec\":{\"ports\":[{\"name\":\"web\",\"port\":80}]}}");
        String path = "/api/v1/namespaces/default/services/s:web/proxy/echo";
        assertThat(http.get(path).code()).isEqualTo(503);
        http.post("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", """
                {"metadata":{"name":"s-1","labels":{"kubernetes.io/service-name":"s"}},"addressType":"IPv4",
                 "ports":[{"name":"web","port":%d}],
                 "endpoints":[{"addresses":["127.0.0.1"],"conditions":{"ready":true}},
                 {"addresses":["127.0.0.9"],"conditions":{"ready":false}}]}""".formatted(port()));
        assertThat(http.get(path).body()).startsWith("GET /echo");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        tailLines=-1                    | tailLines: Invalid value: -1: must be greater than or equal to 0
        limitBytes=0                    | limitBytes: Invalid value: 0: must be greater than 0
        sinceSeconds=0                  | sinceSeconds: Invalid value: 0: must be greater than 0
        sinceSeconds=-5                 | sinceSeconds: Invalid value: -5: must be greater than 0
        sinceSeconds=5&sinceTime=2026-01-01T00:00:00Z \
        | : Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified
        """)
    void an_option_of_a_log_that_cannot_be_is_invalid(String query, String message) {
        Http.Answer answer = http.get(PODS + "/p/log?" + query);

        assertThat(answer.code()).as(answer.body()).isEqualTo(422);
        assertThat(Json.textAt(answer.json(), "message")).isEqualTo("PodLogOptions \"p\" is invalid: " + message);
        assertThat(http.get(PODS + "/p/log?tailLines=0&limitBytes=1&sinceSeconds=1")
                        .code())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"GET, ''", "HEAD, ''", "GET, ?a=b%20c"})
    void who_forgets_the_slash_of_the_root_is_sent_there(String method, String query) {
        String path = PODS + "/p:" + port() + "/proxy";

        Http.Answer answer = http.send(http.to(path + query).method(method, HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.code()).as(answer.body()).isEqualTo(301);
        assertThat(answer.response().headers().firstValue("location")).hasValue(path + "/" + query);
        assertThat(http.send("POST", path, "text/plain", "").code())
                .as("nobody is sent on with a body")
                .isEqualTo(404);
        assertThat(http.get(PODS + "/absent/proxy").code()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /there?x=y#z          | PROXY/there?x=y#z
        /dir/                 | PROXY/dir/
        http://SELF/there     | PROXY/there
        beside                | beside
        http://example.com/a  | http://example.com/a
        """)
    void a_redirect_of_a_pod_leads_through_the_proxy(String location, String expected) {
        String proxy = PODS + "/p:" + port() + "/proxy";
        other.createContext("/away", exchange -> {
            exchange.getResponseHeaders().add("location", location.replace("SELF", "127.0.0.1:" + port()));
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });

        Http.Answer answer = http.get(proxy + "/away");

        assertThat(answer.code()).as(answer.body()).isEqualTo(302);
        assertThat(answer.response().headers().firstValue("location")).hasValue(expected.replace("PROXY", proxy));
    }

    @Test
    void a_pod_is_asked_by_tls_if_somebody_says_so() throws IOException {
        ApiServer secure = ApiServer.start(ApiServerOptions.at("127.0.0.1", "secret", directory.resolve("secure")));
        try {
            int port = URI.create(secure.url()).getPort();

            assertThat(http.get(PODS + "/https:p:" + port + "/proxy/version").body())
                    .contains("gitVersion");
            assertThat(http.get(PODS + "/p:" + port + "/proxy/version").body()).doesNotContain("gitVersion");
        } finally {
            secure.close();
        }
        assertThat(http.get(PODS + "/http:p:" + port() + "/proxy/echo").code()).isEqualTo(202);
        assertThat(Json.textAt(
                        http.get(PODS + "/ftp:p:" + port() + "/proxy/echo").json(), "message"))
                .isEqualTo("invalid pod request \"ftp:p:" + port() + "\"");
    }

    @Test
    void a_pod_that_does_not_answer_is_unavailable() {
        assertThat(http.get(PODS + "/p:1/proxy/").code()).isEqualTo(503);
    }
}
