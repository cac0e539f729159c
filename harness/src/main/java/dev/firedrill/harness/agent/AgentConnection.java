package dev.firedrill.harness.agent;

import dev.firedrill.harness.cluster.ApiTrouble;
import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.FiredrillException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Requests to the agent, tried again while it cannot be reached. */
final class AgentConnection implements AutoCloseable {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(320);

    private final HttpClient http;
    private final String base;
    private final String token;
    private final Runnable onClose;

    private AgentConnection(KubernetesClient client, String base, String token, Runnable onClose) {
        this.http = client.getHttpClient()
                .newBuilder()
                .tag(new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build())
                .build();
        this.base = base;
        this.token = token;
        this.onClose = onClose;
    }

    static AgentConnection throughApiServer(KubernetesClient client, String namespace, String token) {
        String master = client.getMasterUrl().toString().replaceFirst("/$", "");
        String base = master + "/api/v1/namespaces/" + namespace + "/services/http:" + AgentDeployment.NAME + ":"
                + AgentDeployment.PORT + "/proxy";
        return new AgentConnection(client, base, token, () -> {});
    }

    static AgentConnection direct(URI address, String token) {
        String base = address.toString().replaceFirst("/$", "");
        Config config = new ConfigBuilder(Config.empty()).withMasterUrl(base).build();
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build();
        return new AgentConnection(client, base, token, client::close);
    }

    /**
     * Sends a request until the agent has answered it.
     *
     * @param serverWait how long the agent may take by itself
     * @param patience how long to try
     * @throws FiredrillException if it does not answer in time, or refuses; or if the thread is interrupted
     */
    JsonNode call(String method, String path, @Nullable String body, Duration serverWait, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            Attempt attempt = attempt(method, path, body, serverWait.plus(REQUEST_TIMEOUT));
            if (attempt.answer() != null) {
                return attempt.answer();
            }
            if (System.nanoTime() + pause.toNanos() > deadline) {
                throw new FiredrillException("The agent did not answer " + method + " " + path + " for "
                        + Durations.words(patience) + " (last: " + attempt.trouble() + "); asked at " + base
                        + "; is the pod of deployment " + AgentDeployment.NAME + " Ready?");
            }
            pause(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private Attempt attempt(String method, String path, @Nullable String body, Duration timeout) {
        HttpRequest.Builder request = http.newHttpRequestBuilder()
                .uri(base + path)
                .header(AgentClient.TOKEN_HEADER, token)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .method(method, "application/json", body);
        CompletableFuture<HttpResponse<String>> sent = http.sendAsync(request.build(), String.class);
        try {
            return read(method + " " + path, sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return new Attempt(null, String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            sent.cancel(true);
            return new Attempt(null, "no answer within " + Durations.words(timeout));
        } catch (InterruptedException e) {
            sent.cancel(true);
            throw interrupted(e);
        }
    }

    /** The agent's own answers are messages with a version; anything else comes from something on the way. */
    private static Attempt read(String what, HttpResponse<String> response) {
        String body = Optional.ofNullable(response.body()).orElse("");
        if (!fromAgent(body)) {
            if (response.code() == HttpURLConnection.HTTP_UNAUTHORIZED) {
                throw new FiredrillException("The agent cannot be asked (" + what + "): " + ApiTrouble.UNAUTHORIZED);
            }
            return new Attempt(null, "HTTP " + response.code() + " " + firstLine(body));
        }
        JsonNode message = Wire.read(body);
        if (response.isSuccessful()) {
            return new Attempt(message, "");
        }
        String error = message.path("error").asString("");
        if (response.code() == 503) {
            return new Attempt(null, error);
        }
        throw new FiredrillException("The agent refused " + what + " with HTTP " + response.code() + ": " + error);
    }

    private static boolean fromAgent(String body) {
        try {
            return Wire.readObject(body).has("v");
        } catch (Wire.WireException e) {
            return false;
        }
    }

    private static String firstLine(String body) {
        String line = body.lines().findFirst().orElse("(no body)");
        return line.length() > 300 ? line.substring(0, 300) + "..." : line;
    }

    private static void pause(Duration pause) {
        try {
            boolean ignored = new CountDownLatch(1).await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static FiredrillException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new FiredrillException("Interrupted while waiting for the agent", e);
    }

    @Override
    public void close() {
        onClose.run();
    }

    /** What came of one try: an answer, or what was wrong. */
    private record Attempt(@Nullable JsonNode answer, String trouble) {}
}
