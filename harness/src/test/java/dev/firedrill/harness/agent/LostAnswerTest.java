package dev.firedrill.harness.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.firedrill.harness.timeline.Timekeeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to the agent breaks after a request has arrived, as when an API server is restarted. */
class LostAnswerTest {
    private static final String TOKEN = "secret";

    private final Path directory;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicBoolean losing = new AtomicBoolean();
    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpServer target = server();
    private final HttpServer way = server();
    private Agent agent;

    LostAnswerTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.agent = started(0);
        target.createContext("/", exchange -> {
            sent.incrementAndGet();
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        target.start();
    }

    private Agent started(int port) {
        return Agent.start(new AgentSettings("127.0.0.1", port, directory, TOKEN, AgentSettings.Variant.CORRECT));
    }

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client whose first request is carried out, after which something happens, and the answer is lost. */
    private AgentClient losingOne(Runnable happening) {
        losing.set(true);
        way.createContext("/", exchange -> {
            HttpResponse<byte[]> answer = passedOn(exchange);
            if (losing.getAndSet(false)) {
                happening.run();
            } else {
                exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                exchange.getResponseBody().write(answer.body());
            }
            exchange.close();
        });
        way.start();
        return client(way.getAddress().getPort());
    }

    private static AgentClient client(int port) {
        return AgentClient.at(URI.create("http://127.0.0.1:" + port), TOKEN, Timekeeper.system());
    }

    private HttpResponse<byte[]> passedOn(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + agent.port() + exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("x-firedrill-")) {
                request.header(name, values.get(0));
            }
        });
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private FetchRequest order() {
        return new FetchRequest(
                "POST",
                URI.create("http://127.0.0.1:" + target.getAddress().getPort() + "/orders"),
                Map.of(),
                "one",
                Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        agent.close();
        way.stop(0);
        target.stop(0);
    }

    @Test
    void what_has_been_sent_is_not_sent_again() {
        try (AgentClient client = losingOne(() -> {})) {
            assertThat(client.fetch(order()).status()).isEqualTo(202);
            assertThat(sent).hasValue(1);
        }
    }

    @Test
    void each_request_is_one_of_its_own() {
        try (AgentClient client = losingOne(() -> {})) {
            client.fetch(order());
            client.fetch(order());
            assertThat(sent).hasValue(2);
        }
    }

    @Test
    void whether_an_agent_that_is_no_more_had_sent_it_is_not_known() {
        try (AgentClient client = losingOne(() -> {
            agent.close();
            agent = started(0);
        })) {
            FetchResult result = client.fetch(order());

            assertThat(result.answered()).isFalse();
            assertThat(result.error()).contains("started anew", "not known");
            assertThat(sent).hasValue(1);
        }
    }

    @Test
    void what_nobody_has_received_is_sent_when_somebody_listens() throws IOException {
        int port = freePort();
        agent.close();
        try (AgentClient client = client(port)) {
            CompletableFuture<FetchResult> result = CompletableFuture.supplyAsync(() -> client.fetch(order()));
            agent = started(port);

            assertThat(result.join().status()).isEqualTo(202);
            assertThat(sent).hasValue(1);
        }
    }

    @Test
    void it_is_told_for_how_long_nobody_answered() throws IOException {
        List<String> told = new CopyOnWriteArrayList<>();
        int port = freePort();
        agent.close();
        try (AgentClient client = client(port)) {
            client.tellOutages(told::add);
            assertThatThrownBy(() -> client.awaitReady(Duration.ofMillis(1500))).hasMessageContaining("did not answer");
            assertThat(told).isEmpty();
            agent = started(port);

            client.awaitReady(Duration.ofSeconds(30));
            client.clockOffset();

            assertThat(told)
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .as("the last trouble is that nobody listened, or that the agent was not ready yet")
                    .matches("no answer from the agent, .*, for \\d+(\\.\\d+)? s"
                            + " \\(last: .*(refused|not open yet).*\\); .*");
        }
    }

    @Test
    void what_was_on_a_connection_that_has_been_let_go_of_is_told() {
        try (AgentClient direct = client(agent.port());
                AgentClient client = losingOne(() -> {})) {
            assertThat(direct.hold("one", ask("keep-alive"))).isTrue();

            assertThat(client.askHeld("one", ask("close"))).isPresent();
        }
    }

    private WireRequest ask(String afterwards) {
        return new WireRequest(
                "127.0.0.1",
                target.getAddress().getPort(),
                "GET / HTTP/1.1\r\nHost: target\r\nConnection: " + afterwards + "\r\n\r\n",
                false,
                1,
                Duration.ofSeconds(5));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
