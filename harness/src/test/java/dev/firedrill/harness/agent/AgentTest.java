package dev.firedrill.harness.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.firedrill.harness.model.FiredrillException;
import dev.firedrill.harness.timeline.Timekeeper;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentTest {
    private static final String TOKEN = "secret";
    private static final String SINCE = "2024-06-03T22:36:00Z";

    private final Path directory;
    private Agent agent;
    private AgentClient client;

    AgentTest(@TempDir Path directory) {
        this.directory = directory;
        this.agent = Agent.start(new AgentSettings("127.0.0.1", 0, directory, TOKEN, AgentSettings.Variant.CORRECT));
        this.client = client(agent);
    }

    private static AgentClient client(Agent agent) {
        AgentClient made = AgentClient.at(URI.create("http://127.0.0.1:" + agent.port()), TOKEN, Timekeeper.system());
        made.awaitReady(Duration.ofSeconds(30));
        return made;
    }

    private void restart(AgentSettings.Variant variant) {
        stop();
        agent = Agent.start(new AgentSettings("127.0.0.1", 0, directory, TOKEN, variant));
        client = client(agent);
    }

    @AfterEach
    void stop() {
        client.close();
        agent.close();
    }

    @Test
    void keeps_an_alert_as_a_real_alertmanager_sends_it() throws Exception {
        String body = Alertmanager.firing("BacklogOld", "\"severity\":\"page\"", "2018-08-03T09:52:26.739266876+02:00");

        assertThat(Alertmanager.post(agent.port(), body)).isEqualTo(200);

        InboxPage page = client.inbox(0, Duration.ZERO);
        InboxItem item = page.items().get(0);
        assertThat(item.status()).isEqualTo("firing");
        assertThat(item.labels()).isEqualTo(Map.of("alertname", "BacklogOld", "severity", "page"));
        assertThat(item.annotations()).isEqualTo(Map.of("summary", "it is broken"));
        assertThat(item.startsAt()).isEqualTo("2018-08-03T07:52:26.739266876Z");
        assertThat(item.endsAt()).isEmpty();
        assertThat(item.fingerprint()).isEqualTo("c1d0b8a8d3ac8ae6");
        assertThat(page.cursor()).isEqualTo(item.cursor());
        assertThat(item.receivedAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @Test
    void makes_one_item_per_alert_of_a_group_and_reads_on_by_cursor() throws Exception {
        Alertmanager.post(
                agent.port(),
                Alertmanager.group(
                        "firing",
                        Alertmanager.alert("firing", "A", "", SINCE, "0001-01-01T00:00:00Z"),
                        Alertmanager.alert("resolved", "B", "", SINCE, "2024-06-03T22:40:00.5Z")));

        InboxPage page = client.inbox(0, Duration.ZERO);

        assertThat(page.items()).extracting(InboxItem::status).containsExactly("firing", "resolved");
        assertThat(page.items().get(1).endsAt()).isEqualTo("2024-06-03T22:40:00.500Z");
        assertThat(client.inbox(page.items().get(0).cursor(), Duration.ZERO).items())
                .extracting(item -> item.labels().get("alertname"))
                .containsExactly("B");
        assertThat(client.inbox(page.cursor(), Duration.ZERO).items()).isEmpty();
    }

    @Test
    void a_long_poll_returns_as_soon_as_something_comes() throws Exception {
        CompletableFuture<InboxPage> poll =
                CompletableFuture.supplyAsync(() -> client.inbox(0, Duration.ofSeconds(20)));
        Alertmanager.post(agent.port(), Alertmanager.firing("A", "", SINCE));

        assertThat(poll.orTimeout(15, TimeUnit.SECONDS).join().items()).hasSize(1);
    }

    @Test
    void a_long_poll_ends_with_an_empty_page() {
        InboxPage page = client.inbox(7, Duration.ofMillis(50));

        assertThat(page.items()).isEmpty();
        assertThat(page.cursor()).isEqualTo(7);
    }

    @Test
    void the_inbox_and_the_probes_outlive_the_program() throws Exception {
        Alertmanager.post(agent.port(), Alertmanager.firing("A", "", SINCE));
        InboxPage before = client.inbox(0, Duration.ZERO);
        String target = "http://127.0.0.1:" + agent.port() + "/healthz";
        client.probe(List.of(plan(target)));
        restart(AgentSettings.Variant.CORRECT);
        Alertmanager.post(agent.port(), Alertmanager.firing("B", "", SINCE));

        InboxPage after = client.inbox(before.cursor(), Duration.ZERO);

        assertThat(after.log()).isEqualTo(before.log());
        assertThat(after.items())
                .extracting(item -> item.labels().get("alertname"))
                .containsExactly("B");
        assertThat(client.samples(0, Duration.ofSeconds(10)).items()).isNotEmpty();
    }

    @Test
    void the_variant_that_drops_says_yes_and_keeps_nothing() throws Exception {
        restart(AgentSettings.Variant.DROPS);

        assertThat(Alertmanager.post(agent.port(), Alertmanager.firing("A", "", SINCE)))
                .isEqualTo(200);
        assertThat(client.inbox(0, Duration.ZERO).items()).isEmpty();
        assertThat(client.canary(false).webhooks()).isEqualTo(1);
    }

    @Test
    void refuses_what_is_not_a_notification_it_knows() throws Exception {
        assertThat(answer("POST", "/webhook", "{")).startsWith("400").contains("not JSON");
        assertThat(answer("POST", "/webhook", "[]")).startsWith("400").contains("the body is not a JSON object");
        assertThat(answer("POST", "/webhook", "{\"version\":\"5\",\"alerts\":[]}"))
                .isEqualTo("400 {\"v\":1,\"error\":\"a notification of version 5 is not known here (known: 4)\"}");
        assertThat(answer("POST", "/webhook", Alertmanager.firing("A", "", "yesterday")))
                .startsWith("400")
                .contains("startsAt is not a time of RFC 3339: 'yesterday'");
        assertThat(answer("POST", "/webhook", " ".repeat(3_000_000))).startsWith("413");
        assertThat(client.inbox(0, Duration.ZERO).items()).isEmpty();
    }

    @Test
    void refuses_callers_without_the_token_and_paths_that_are_not_there() throws Exception {
        assertThat(Alertmanager.request(agent.port(), "GET", "/inbox", "", "").statusCode())
                .isEqualTo(401);
        assertThat(Alertmanager.request(agent.port(), "GET", "/inbox", "", "guess")
                        .statusCode())
                .isEqualTo(401);
        assertThat(answer("GET", "/nothing", "")).startsWith("404");
        assertThat(answer("GET", "/inbox?after=-1", "")).startsWith("400");
    }

    @Test
    void refuses_messages_of_a_later_version() throws Exception {
        assertThat(answer("PUT", "/probes", "{\"v\":2,\"probes\":[]}"))
                .isEqualTo("400 {\"v\":1,\"error\":\"message version 2 is not known here (known: 1)\"}");
        assertThat(answer("PUT", "/canary", "{\"failing\":true}")).startsWith("400");
    }

    @Test
    void refuses_probes_out_of_range_and_keeps_those_it_has() throws Exception {
        String twice = "{\"v\":1,\"probes\":[{\"name\":\"a\",\"url\":\"http://x\",\"intervalMs\":1,\"timeoutMs\":5}]}";

        assertThat(answer("PUT", "/probes", twice))
                .startsWith("400")
                .contains("the interval of probe 'a' must be from 10 ms to 3600000 ms: 1 ms");
        assertThatThrownBy(() -> client.probe(List.of(plan("http://x"), plan("http://x"))))
                .isInstanceOf(FiredrillException.class)
                .hasMessage("The agent refused PUT /probes with HTTP 400: two probes are called 'self'");
    }

    @Test
    void the_canary_is_bad_only_while_it_is_asked_to_be() throws Exception {
        assertThat(answer("GET", "/canary", "")).startsWith("200").contains("firedrill_canary_well 1\n");
        client.canary(true);
        assertThat(answer("GET", "/canary", "")).startsWith("503");
        assertThat(client.canary(false)).isEqualTo(new CanaryState(false, 2, 0));
        assertThat(answer("GET", "/canary", "")).startsWith("200");
    }

    @Test
    void fetches_from_inside_and_says_why_it_could_not() throws Exception {
        HttpServer target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.createContext("/echo", exchange -> {
            String text = exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Host") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("X-Kind", "echo");
            exchange.sendResponseHeaders(418, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        });
        target.start();
        String url = "http://127.0.0.1:" + target.getAddress().getPort();
        try {
            FetchResult result = client.fetch(FetchRequest.get(url + "/echo")
                    .withHeader("Host", "api.internal")
                    .sending("PUT", "hello"));

            assertThat(result.status()).isEqualTo(418);
            assertThat(result.body()).isEqualTo("PUT api.internal hello");
            assertThat(result.headers()).containsEntry("x-kind", "echo");
            assertThat(result.error()).isEmpty();
        } finally {
            target.stop(0);
        }
        assertThat(client.fetch(FetchRequest.get(url)).error()).contains("refused");
        assertThat(client.fetch(FetchRequest.get("http://no-such-name.invalid")).error())
                .isEqualTo("the name 'no-such-name.invalid' does not resolve");
        assertThatThrownBy(() -> client.fetch(FetchRequest.get("file:///etc/passwd")))
                .hasMessageContaining("a url is http or https and has a host: 'file:///etc/passwd'");
    }

    @Test
    void keeps_a_connection_open_until_something_is_asked_on_it() throws Exception {
        List<Integer> ports = new CopyOnWriteArrayList<>();
        HttpServer target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.createContext("/", exchange -> {
            ports.add(exchange.getRemoteAddress().getPort());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        target.start();
        int port = target.getAddress().getPort();
        try {
            assertThat(client.hold("one", get(port, "keep-alive"))).isTrue();
            assertThat(client.hold("closed", get(port, "close"))).isTrue();

            assertThat(client.askHeld("one", get(port, "close"))).get().satisfies(held -> {
                assertThat(held.end()).isEqualTo("closed");
                assertThat(held.answered()).isTrue();
            });
            assertThat(ports).hasSize(3);
            assertThat(ports.get(2)).as("asked on the same connection").isEqualTo(ports.get(0));
            assertThat(client.askHeld("one", get(port, "close")))
                    .as("let go of")
                    .isEmpty();
            assertThat(client.askHeld("closed", get(port, "close")))
                    .as("its server closed it")
                    .isEmpty();
            assertThat(client.hold("ends", get(port, "keep-alive"))).isTrue();
        } finally {
            target.stop(0);
        }
        assertThat(client.askHeld("ends", get(port, "close")))
                .as("its server is gone")
                .isEmpty();
        assertThat(client.hold("none", get(port, "keep-alive")))
                .as("nobody listens")
                .isFalse();
        assertThat(answer("PUT", "/held", "{\"v\":1,\"host\":\"a\",\"port\":1,\"timeoutMs\":1}"))
                .startsWith("400 ")
                .contains("needs a name");
    }

    @Test
    void a_probe_does_not_wait_for_connections_that_hang() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            WireRequest hanging =
                    new WireRequest("127.0.0.1", silent.getLocalPort(), "hello", false, 50, Duration.ofSeconds(20));
            CompletableFuture<List<WireResult>> wires = CompletableFuture.supplyAsync(() -> client.wire(hanging));
            silent.accept().close();

            client.probe(List.of(plan("http://localhost:" + agent.port() + "/healthz")));

            assertThat(client.samples(0, Duration.ofSeconds(30)).items())
                    .first()
                    .satisfies(item -> assertThat(item.sample().outcome()).isEqualTo(ProbeSample.Outcome.OK));
            assertThat(wires).isNotDone();
        }
    }

    private static WireRequest get(int port, String afterwards) {
        String text = "GET / HTTP/1.1\r\nHost: target\r\nConnection: " + afterwards + "\r\n\r\n";
        return new WireRequest("127.0.0.1", port, text, false, 1, Duration.ofSeconds(5));
    }

    @Test
    void estimates_the_offset_of_its_clock_within_the_bound() {
        ClockOffset offset = client.clockOffset();

        assertThat(offset.offset().abs()).isLessThanOrEqualTo(offset.bound().plusMillis(1));
    }

    @Test
    void a_call_to_an_agent_that_is_not_there_says_so() {
        try (AgentClient nobody = AgentClient.at(URI.create("http://127.0.0.1:1"), TOKEN, Timekeeper.system())) {
            assertThatThrownBy(() -> nobody.awaitReady(Duration.ofMillis(200)))
                    .isInstanceOf(FiredrillException.class)
                    .hasMessageStartingWith("The agent did not answer GET /readyz for 200 ms (last: ")
                    .hasMessageEndingWith(
                            "asked at http://127.0.0.1:1; is the pod of deployment firedrill-agent Ready?");
        }
    }

    private static ProbePlan plan(String url) {
        return new ProbePlan(
                "self",
                URI.create(url),
                "",
                "GET",
                Map.of(),
                Duration.ofMillis(50),
                Duration.ofSeconds(2),
                AnswerExpectation.status(200),
                false);
    }

    private String answer(String method, String path, String body) throws Exception {
        var response = Alertmanager.request(agent.port(), method, path, body, TOKEN);
        return response.statusCode() + " " + response.body();
    }
}
