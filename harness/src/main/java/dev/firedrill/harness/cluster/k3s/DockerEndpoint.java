package dev.firedrill.harness.cluster.k3s;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a Docker engine may answer, and whether it does: a look of milliseconds that loads no Docker client.
 *
 * <p>Source: Docker Engine API, {@code GET /_ping}; the places in which Testcontainers looks for an engine:
 * {@code DOCKER_HOST}, {@code docker.host} of {@code ~/.testcontainers.properties}, and the sockets of Docker, rootless
 * Docker and Docker Desktop.
 *
 * @param candidates addresses, the first that answers is taken
 * @param chosen whether the user named the address
 */
record DockerEndpoint(List<URI> candidates, boolean chosen) {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int ANSWER_BYTES = 64;
    private static final String START = "start Docker (on Linux: sudo systemctl start docker)";

    DockerEndpoint {
        candidates = List.copyOf(candidates);
    }

    static DockerEndpoint ofUser() {
        return of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    static DockerEndpoint of(Map<String, String> environment, Path home) {
        String named = environment.getOrDefault("DOCKER_HOST", ofProperties(home));
        if (!named.isBlank()) {
            return new DockerEndpoint(List.of(URI.create(named.strip())), true);
        }
        List<URI> sockets = new ArrayList<>(List.of(unix(Path.of("/var/run/docker.sock"))));
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!runtime.isBlank()) {
            sockets.add(unix(Path.of(runtime, "docker.sock")));
        }
        sockets.add(unix(home.resolve(".docker/run/docker.sock")));
        sockets.add(unix(home.resolve(".docker/desktop/docker.sock")));
        return new DockerEndpoint(sockets, false);
    }

    private static URI unix(Path socket) {
        return URI.create("unix://" + socket.toUri().getRawPath());
    }

    private static String ofProperties(Path home) {
        Path file = home.resolve(".testcontainers.properties");
        Properties properties = new Properties();
        if (Files.isReadable(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            } catch (IOException | IllegalArgumentException e) {
                return ""; // Testcontainers does without it, too
            }
        }
        return properties.getProperty("docker.host", "");
    }

    /** Why no engine can be had, in one sentence that says what to do; empty where one answers. */
    Optional<String> unavailable() {
        List<String> reasons = new ArrayList<>();
        for (URI candidate : candidates) {
            Optional<String> reason = problem(candidate);
            if (reason.isEmpty()) {
                return reason;
            }
            boolean absent = !chosen && isUnix(candidate) && !Files.exists(Path.of(candidate.getPath()));
            if (!absent) {
                reasons.add(reason.get());
            }
        }
        return Optional.of(
                reasons.isEmpty()
                        ? "no Docker engine runs here (there is no socket "
                                + candidates.get(0).getPath() + "); " + START + ", or set DOCKER_HOST"
                        : reasons.get(0));
    }

    private static boolean isUnix(URI address) {
        return "unix".equals(address.getScheme());
    }

    private static Optional<String> problem(URI address) {
        try {
            if (isUnix(address)) {
                return ping(Path.of(address.getPath()));
            }
            if ("tcp".equals(address.getScheme()) && address.getHost() != null && address.getPort() > 0) {
                return connect(address);
            }
            return "npipe".equals(address.getScheme())
                    ? Optional.empty()
                    : Optional.of("DOCKER_HOST is \"" + address + "\"; allowed: unix:///path or tcp://host:port");
        } catch (IOException e) {
            return Optional.of("no Docker engine answers at " + address + " (" + e.getMessage() + "); " + START
                    + ", or set DOCKER_HOST");
        }
    }

    private static Optional<String> connect(URI address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), (int) PATIENCE.toMillis());
            return Optional.empty();
        }
    }

    private static Optional<String> ping(Path socket) throws IOException {
        if (Files.exists(socket) && !Files.isWritable(socket)) {
            return Optional.of("no permission on the socket of the Docker engine, " + socket
                    + "; join its group (sudo usermod -aG docker $USER) and log in again");
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(StandardCharsets.US_ASCII.encode("GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n"));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES);
            if (selector.select(PATIENCE.toMillis()) == 0) {
                throw new IOException("no answer within " + PATIENCE.toSeconds() + " s");
            }
            channel.read(answer);
            String status = StandardCharsets.US_ASCII.decode(answer.flip()).toString();
            if (!status.matches("(?s)HTTP/1\\.. 200.*")) {
                throw new IOException("it says " + status.lines().findFirst().orElse("nothing"));
            }
            return Optional.empty();
        }
    }
}
