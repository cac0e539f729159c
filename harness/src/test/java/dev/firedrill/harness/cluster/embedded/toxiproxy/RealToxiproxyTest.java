package dev.firedrill.harness.cluster.embedded.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The same suite against the real server; not run where {@code toxiproxy-server} is not on the PATH. */
class RealToxiproxyTest {
    private static InetSocketAddress address;
    private static Path log;
    private static Process process;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        Optional<Path> program = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry, "toxiproxy-server"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), "toxiproxy-server is not on the PATH");
        address = freeAddress();
        log = directory.resolve("toxiproxy.log");
        process = new ProcessBuilder(
                        program.get().toString(),
                        "-host",
                        "127.0.0.1",
                        "-port",
                        String.valueOf(address.getPort()),
                        "-proxy-metrics")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
            try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
                assertThat(socket.isConnected()).isTrue();
            }
        });
    }

    private static InetSocketAddress freeAddress() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) free.getLocalSocketAddress();
        }
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (process == null) {
            return;
        }
        boolean running = process.isAlive();
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        assertThat(running)
                .as("the real server ended by itself: %s", running ? "" : Files.readString(log))
                .isTrue();
    }

    @Nested
    class Requests extends ToxiproxyRequests {
        @Override
        InetSocketAddress server() {
            return address;
        }
    }

    @Nested
    class Streams extends ToxiproxyStreams {
        @Override
        InetSocketAddress server() {
            return address;
        }
    }
}
