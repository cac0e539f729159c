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
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
    private final Outages outages = new Outages();

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
     * @param patience how long to try
     * @throws OutcomeUnknownException if it must not be carried out twice, and the agent was restarted and may have
     *     carried it out before
     * @throws FiredrillException if it does not answer in time, or refuses; or if the thread is interrupted
     */
    JsonNode send(AgentCall call, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            long begun = System.nanoTime();
            Attempt attempt = attempt(call);
            if (attempt.answer() != null) {
                outages.answered(begun);
                return attempt.answer();
            }
            outages.failed(begun, attempt.trouble());
            if (attempt.maybeArrived()) {
                call.maybeArrived(begun);
            }
            if (System.nanoTime() + pause.toNanos() > deadline) {
                throw new FiredrillException("The agent did not answer " + call + " for "
                        + Durations.words(patience) + " (last: " + attempt.trouble() + "); asked at " + base
                        + "; is the pod of deployment " + AgentDeployment.NAME + " Ready?");
            }
            pause(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    /** Tells when the agent answers again for how long it did not. */
    void tellOutages(Consumer<String> listener) {
        outages.tell(listener);
    }

    private Attempt attempt(AgentCall call) {
        Duration timeout = call.serverWait().plus(REQUEST_TIMEOUT);
        HttpRequest.Builder request = http.newHttpRequestBuilder()
                .uri(base + call.path())
                .header(AgentClient.TOKEN_HEADER, token)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .method(call.method(), "application/json", call.body());
        call.headers().forEach(request::header);
        CompletableFuture<HttpResponse<String>> sent = http.sendAsync(request.build(), String.class);
        try {
            return read(call.toString(), sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return Attempt.failed(String.valueOf(e.getCause()), !isRefused(e));
        } catch (TimeoutException e) {
            sent.cancel(true);
            return Attempt.failed("no answer within " + Durations.words(timeout), true);
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
            return Attempt.failed(
                    "HTTP " + response.code() + " " + firstLine(body), !isTurnedBack(response.code(), body));
        }
        JsonNode message = Wire.read(body);
        if (response.isSuccessful()) {
            return new Attempt(message, "", true);
        }
        String error = message.path("error").asString("");
        if (response.code() == HttpURLConnection.HTTP_UNAVAILABLE) {
            return Attempt.failed(error, false);
        }
        if (response.code() == HttpURLConnection.HTTP_CONFLICT) {
            throw new OutcomeUnknownException(error);
        }
        throw new FiredrillException("The agent refused " + what + " with HTTP " + response.code() + ": " + error);
    }

    /** Nobody listened, so that nothing arrived. */
    private static boolean isRefused(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof ConnectException);
    }

    /** The API server refused it by itself, or found nobody who listened. */
    private static boolean isTurnedBack(int status, String body) {
        String words = body.toLowerCase(Locale.ROOT);
        return status < HttpURLConnection.HTTP_INTERNAL_ERROR
                || words.contains("no endpoints available")
                || words.contains("connection refused");
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

    /** Whether it was carried out, nobody knows. */
    static final class OutcomeUnknownException extends FiredrillException {
        private static final long serialVersionUID = 1L;

        OutcomeUnknownException(String message) {
            super(message);
        }
    }

    /**
     * What came of one try: an answer, or what was wrong.
     *
     * @param maybeArrived whether the agent may have carried it out
     */
    private record Attempt(@Nullable JsonNode answer, String trouble, boolean maybeArrived) {
        static Attempt failed(String trouble, boolean maybeArrived) {
            return new Attempt(null, trouble, maybeArrived);
        }
    }
}
