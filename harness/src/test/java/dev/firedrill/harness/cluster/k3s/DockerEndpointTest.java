package dev.firedrill.harness.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerEndpointTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    @Test
    void an_engine_that_answers_is_available() throws Exception {
        Path socket = home.resolve("docker.sock");
        try (ServerSocketChannel engine = answering(socket, "HTTP/1.0 200 OK\r\n\r\nOK")) {
            assertThat(engine.isOpen()).isTrue();
            assertThat(at("unix://" + socket).unavailable()).isEmpty();
        }
    }

    @Test
    void an_engine_that_is_unwell_is_told_with_its_own_words() throws Exception {
        Path socket = home.resolve("docker.sock");
        try (ServerSocketChannel engine = answering(socket, "HTTP/1.0 500 Internal Server Error\r\n\r\n")) {
            assertThat(engine.isOpen()).isTrue();
            assertThat(at("unix://" + socket).unavailable())
                    .contains("no Docker engine answers at unix://" + socket
                            + " (it says HTTP/1.0 500 Internal Server Error); start Docker (on Linux: sudo systemctl"
                            + " start docker), or set DOCKER_HOST");
        }
    }

    @Test
    void a_socket_that_nobody_listens_on_is_told() throws Exception {
        Path socket = home.resolve("docker.sock");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket))
                .close();

        assertThat(at("unix://" + socket).unavailable()).hasValueSatisfying(reason -> assertThat(reason)
                .startsWith("no Docker engine answers at unix://" + socket + " (Connection refused)"));
    }

    @Test
    void an_address_that_is_none_is_told_with_what_is_allowed() {
        assertThat(at("ssh://me@there").unavailable())
                .contains("DOCKER_HOST is \"ssh://me@there\"; allowed: unix:///path or tcp://host:port");
    }

    @Test
    void the_user_s_properties_name_an_engine_too() throws Exception {
        Files.writeString(home.resolve(".testcontainers.properties"), "docker.host=tcp://127.0.0.1:1\n");

        assertThat(DockerEndpoint.of(Map.of(), home).candidates())
                .singleElement()
                .hasToString("tcp://127.0.0.1:1");
    }

    @Test
    void without_a_word_of_the_user_the_usual_sockets_are_looked_at() {
        assertThat(DockerEndpoint.of(Map.of("XDG_RUNTIME_DIR", "/run/user/7"), Path.of("/home/me"))
                        .candidates())
                .extracting(Object::toString)
                .containsExactly(
                        "unix:///var/run/docker.sock",
                        "unix:///run/user/7/docker.sock",
                        "unix:///home/me/.docker/run/docker.sock",
                        "unix:///home/me/.docker/desktop/docker.sock");
    }

    private DockerEndpoint at(String address) {
        return DockerEndpoint.of(Map.of("DOCKER_HOST", address), home);
    }

    /** Answers each of its clients with the same. */
    private static ServerSocketChannel answering(Path socket, String answer) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread thread = new Thread(
                () -> {
                    try {
                        while (true) {
                            try (SocketChannel client = server.accept()) {
                                client.read(ByteBuffer.allocate(1024));
                                client.write(StandardCharsets.US_ASCII.encode(answer));
                            }
                        }
                    } catch (IOException expected) {
                        // the test is over
                    }
                },
                "engine");
        thread.setDaemon(true);
        thread.start();
        return server;
    }
}
