package dev.firedrill.harness.agent;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One plan's request, sent on a connection of its own each time, or on the one that is kept open. */
final class ProbeRequest {
    private final Vertx vertx;
    private final ProbePlan plan;
    private final HttpExchange exchange;
    private final HttpClientAgent client;
    private @Nullable Future<HttpClientConnection> kept;

    ProbeRequest(Vertx vertx, ProbePlan plan) {
        this.vertx = vertx;
        this.plan = plan;
        Map<String, String> headers = new HashMap<>(plan.headers());
        if (!plan.host().isEmpty()) {
            headers.put("Host", plan.host());
        }
        this.exchange = new HttpExchange(plan.method(), plan.url(), headers, "", plan.timeout());
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(plan.keepOpen()).setConnectTimeout((int)
                        plan.timeout().plus(ProbeLoop.grace(plan)).toMillis()));
    }

    /**
     * Sends it; to be called on one event loop.
     *
     * @param grace asked when the time allowed is over: how much longer to wait
     */
    Future<HttpExchange.Answer> send(Supplier<Duration> grace) {
        return exchange.send(vertx, connection(), plan.keepOpen(), grace);
    }

    private Future<HttpClientConnection> connection() {
        if (!plan.keepOpen()) {
            return HttpExchange.connect(vertx, client, plan.url());
        }
        Future<HttpClientConnection> open = kept;
        if (open == null) {
            open = HttpExchange.connect(vertx, client, plan.url());
            kept = open;
            Future<HttpClientConnection> opened = open;
            open.onFailure(failure -> forget(opened))
                    .onSuccess(connection -> connection.closeHandler(closed -> forget(opened)));
        }
        return open;
    }

    private void forget(Future<HttpClientConnection> broken) {
        if (kept == broken) {
            kept = null;
        }
    }

    void close() {
        client.close();
    }
}
