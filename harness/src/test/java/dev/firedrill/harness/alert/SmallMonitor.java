package dev.firedrill.harness.alert;

import dev.firedrill.harness.agent.Alertmanager;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Looks at the agent's canary, and notifies; with the bugs that a monitor can have. */
final class SmallMonitor implements AutoCloseable {
    enum Bug {
        NONE,
        NEVER_LOOKS,
        NEVER_SENDS,
        NEVER_RESOLVES
    }

    private static final Duration INTERVAL = Duration.ofMillis(50);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final int port;
    private final Bug bug;
    private String firingSince = "";

    SmallMonitor(int port, Bug bug) {
        this.port = port;
        this.bug = bug;
    }

    void start() {
        ScheduledFuture<?> ignored =
                timer.scheduleWithFixedDelay(this::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            if (bug != Bug.NEVER_LOOKS) {
                take(status() == 200);
            }
        } catch (IOException ignored) {
            // The agent is stopping; the next look tells.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int status() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/canary"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private void take(boolean well) throws IOException, InterruptedException {
        if (!well && firingSince.isEmpty()) {
            firingSince = Instant.now().toString();
            if (bug != Bug.NEVER_SENDS) {
                Alertmanager.post(port, Alertmanager.firing("PagerCanary", "\"canary\":\"true\"", firingSince));
            }
        } else if (well && !firingSince.isEmpty()) {
            String since = firingSince;
            firingSince = "";
            if (bug == Bug.NONE) {
                Alertmanager.post(
                        port,
                        Alertmanager.resolved(
                                "PagerCanary",
                                "\"canary\":\"true\"",
                                since,
                                Instant.now().toString()));
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
