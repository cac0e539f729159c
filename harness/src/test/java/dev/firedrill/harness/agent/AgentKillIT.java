package dev.firedrill.harness.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.timeline.Timekeeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentKillIT {
    private static final String SINCE = "2024-06-03T22:36:00Z";
    private static final int SENDERS = 4;

    private final Path directory;
    private final int port = freePort();
    private final AgentClient client =
            AgentClient.at(URI.create("http://127.0.0.1:" + port), "secret", Timekeeper.system());
    private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    private Process agent;

    AgentKillIT(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.agent = spawn(directory, port);
    }

    @AfterEach
    void stop() {
        senders.shutdownNow();
        agent.destroyForcibly();
        client.close();
    }

    @Test
    void loses_no_acknowledged_alert_when_it_is_killed_under_load() throws Exception {
        client.awaitReady(Duration.ofSeconds(60));
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean sending = new AtomicBoolean(true);
        for (int i = 0; i < SENDERS; i++) {
            senders.execute(() -> send(acknowledged, next, sending));
        }
        Set<String> kept = new HashSet<>();
        long cursor = 0;
        for (int kill = 1; kill <= 3; kill++) {
            int enough = acknowledged.size() + 100;
            await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() >= enough);
            agent.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
            agent = spawn(directory, port);
            client.awaitReady(Duration.ofSeconds(60));
            cursor = readOn(cursor, kept);
        }
        sending.set(false);
        senders.shutdown();
        assertThat(senders.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        readOn(cursor, kept);

        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(300);
        assertThat(kept).containsAll(acknowledged);
    }

    /** Reads to the end. Each cursor must be higher than the one before, and no item may come twice. */
    private long readOn(long after, Set<String> kept) {
        long cursor = after;
        InboxPage page;
        do {
            page = client.inbox(cursor, Duration.ZERO);
            for (InboxItem item : page.items()) {
                assertThat(item.cursor()).isGreaterThan(cursor);
                cursor = item.cursor();
                assertThat(kept.add(item.labels().getOrDefault("alertname", "")))
                        .isTrue();
            }
        } while (page.more());
        return cursor;
    }

    private void send(Set<String> acknowledged, AtomicInteger next, AtomicBoolean sending) {
        while (sending.get()) {
            String name = "alert-" + next.incrementAndGet();
            try {
                if (Alertmanager.post(port, Alertmanager.firing(name, "", SINCE)) == 200) {
                    acknowledged.add(name);
                }
            } catch (IOException expected) {
                // It is being killed: not acknowledged, and so not missed.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static Process spawn(Path directory, int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Agent.class.getName()));
        builder.environment()
                .putAll(Map.of(
                        "LISTEN_ADDRESS",
                        "127.0.0.1",
                        "PORT",
                        String.valueOf(port),
                        "DATA_DIR",
                        directory.toString(),
                        "AGENT_TOKEN",
                        "secret"));
        return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
