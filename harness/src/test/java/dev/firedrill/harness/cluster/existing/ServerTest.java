package dev.firedrill.harness.cluster.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.firedrill.harness.model.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    private int status = 200;
    private String body = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/version", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"v1.28.0", "v1.34.1+k3s1", "v1.30.5-gke.1000", "v2.0.0"})
    void one_from_1_28_on_is_taken(String version) throws IOException {
        body = version(version);

        assertThat(entrance().check()).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource({"v1.27.16+k3s1", "v1.9.3"})
    void an_older_one_is_refused(String version) throws IOException {
        body = version(version);

        refused(" is too old: " + version + "; needed: 1.28 or later");
    }

    @Test
    void credentials_that_it_does_not_accept_are_refused() throws IOException {
        status = 401;
        body = "{\"kind\":\"Status\",\"code\":401,\"message\":\"Unauthorized\"}";

        refused(" cannot be asked: the server does not accept the credentials (401): have they expired? Log in again");
    }

    @Test
    void one_that_is_not_there_is_refused_at_once() throws IOException {
        int port = server.getAddress().getPort();
        Entrance entrance = entrance();
        server.stop(0);

        assertThatThrownBy(entrance::check)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(
                        "the API server of context c, http://127.0.0.1:" + port + "/, cannot be asked: ")
                .hasMessageContaining("Connection refused");
    }

    @Test
    void something_else_is_no_api_server() throws IOException {
        body = "{}";

        refused(" tells no version of Kubernetes");
    }

    private void refused(String complaint) throws IOException {
        Entrance entrance = entrance();
        String server = "the API server of context c, " + entrance.config().getMasterUrl() + ",";

        assertThatThrownBy(entrance::check)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(server + complaint);
    }

    private static String version(String version) {
        return "{\"major\":\"1\",\"minor\":\"0\",\"gitVersion\":\"" + version + "\"}";
    }

    private Entrance entrance() throws IOException {
        return Entrance.held(
                Files.writeString(directory.resolve("config"), """
                        clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                        contexts: [{name: c, context: {cluster: c}}]
                        """.formatted(
                                server.getAddress().getPort())),
                "c",
                Guards.ofProperties());
    }
}
