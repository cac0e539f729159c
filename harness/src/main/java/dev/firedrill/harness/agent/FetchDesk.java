package dev.firedrill.harness.agent;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends single requests from inside of the cluster, each on a connection of its own. */
final class FetchDesk {
    private static final int MOST_BODY = 256 * 1024;
    private static final int MOST_MILLIS = 30_000;
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");

    private final Vertx vertx;
    private final HttpClientAgent client;

    FetchDesk(Vertx vertx) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false).setConnectTimeout(MOST_MILLIS));
    }

    /** Sends what a message says; that no answer comes is a result too. */
    Future<ObjectNode> fetch(JsonNode message) {
        HttpExchange exchange = exchange(message);
        long start = System.nanoTime();
        return exchange.send(vertx, HttpExchange.connect(vertx, client, exchange.url()), false)
                .map(FetchDesk::answered)
                .otherwise(failure -> Wire.message().put("error", words(failure)))
                .map(result -> result.put("tookMs", (System.nanoTime() - start) / 1e6));
    }

    private static ObjectNode answered(HttpExchange.Answer answer) {
        ObjectNode result = Wire.message().put("status", answer.status());
        result.set("headers", Wire.object(answer.headers()));
        return result.put("body", answer.body());
    }

    static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    private static HttpExchange exchange(JsonNode message) {
        URI url = url(message.path("url").asString(""));
        String method = message.path("method").asString("GET");
        if (!METHOD.matcher(method).matches()) {
            throw new Wire.WireException("a method is a word in capitals: '" + method + "'");
        }
        String body = message.path("body").asString("");
        if (body.length() > MOST_BODY) {
            throw new Wire.WireException("a body has at most " + MOST_BODY + " characters: " + body.length());
        }
        long timeout = message.path("timeoutMs").asLong(2000);
        if (timeout < 1 || timeout > MOST_MILLIS) {
            throw new Wire.WireException("timeoutMs is from 1 to " + MOST_MILLIS + ": " + timeout);
        }
        Map<String, String> headers = Wire.texts(message.path("headers"));
        return new HttpExchange(method, url, headers, body, Duration.ofMillis(timeout));
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text);
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            if (SCHEMES.contains(scheme) && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException ignored) {
            // Said below, as for another scheme.
        }
        throw new Wire.WireException("a url is http or https and has a host: '" + text + "'");
    }
}
