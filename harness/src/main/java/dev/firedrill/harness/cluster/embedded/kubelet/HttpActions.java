package dev.firedrill.harness.cluster.embedded.kubelet;

import dev.firedrill.harness.cluster.embedded.kubelet.HandlerActions.Outcome;
import dev.firedrill.harness.cluster.sockets.LostConnections;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The HTTP requests of probes and hooks. Redirects are followed as long as they stay on the same host name.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/probe/http}.
 */
final class HttpActions {
    private static final int FIRST_FAILURE_STATUS = 400;
    private static final int FIRST_REDIRECT_STATUS = 300;
    private static final int FIRST_SUCCESS_STATUS = 200;
    private static final int MOST_REDIRECTS = 10;
    private static final int BODY_LIMIT = 10 * 1024;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpClientAgent http;

    HttpActions(Vertx vertx) {
        // A probe must meet what a new client would: every request has its own connection.
        this.http = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setKeepAlive(false)
                        .setTrustAll(true)
                        .setVerifyHost(false))
                .withConnectHandler(LostConnections::expect)
                .build();
    }

    /** Asks by HTTP as a probe; a status from 200 to 399 is a success, one from 300 on with a warning. */
    CompletableFuture<Outcome> get(HTTPGetAction action, String host, int port, Duration timeout) {
        return ask(action, host, port, timeout, new Asking("kube-probe/1.34", HttpActions::outcome));
    }

    /** Asks by HTTP as a hook, for which any answer is a success. */
    CompletableFuture<Outcome> tell(HTTPGetAction action, String host, int port, Duration timeout) {
        Future<Outcome> told = Future.succeededFuture(new Outcome(true, ""));
        return ask(action, host, port, timeout, new Asking("kube-lifecycle/1.34", answer -> told));
    }

    /** What a request is for. */
    private record Asking(String agent, Function<HttpClientResponse, Future<Outcome>> judge) {}

    private CompletableFuture<Outcome> ask(
            HTTPGetAction action, String host, int port, Duration timeout, Asking asking) {
        String scheme = "HTTPS".equalsIgnoreCase(action.getScheme()) ? "https" : "http";
        String path = action.getPath() == null || action.getPath().isEmpty() ? "/" : action.getPath();
        String url = scheme + "://" + host + ":" + port + (path.startsWith("/") ? path : "/" + path);
        return follow(action, url, host, timeout, asking, 0)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .recover(problem -> Future.succeededFuture(
                        new Outcome(false, "Get \"" + url + "\": " + HandlerActions.unreached(host, port, problem))))
                .toCompletionStage()
                .toCompletableFuture();
    }

    private Future<Outcome> follow(
            HTTPGetAction action, String url, String host, Duration timeout, Asking asking, int redirects) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url)
                .setTimeout(timeout.toMillis())
                .setConnectTimeout(timeout.toMillis())
                .putHeader("User-Agent", asking.agent())
                .putHeader("Accept", "*/*");
        for (HTTPHeader header : action.getHttpHeaders()) {
            options.putHeader(header.getName(), header.getValue());
        }
        return http.request(options).compose(HttpClientRequest::send).compose(response -> {
            String location = response.getHeader("Location");
            if (!REDIRECTS.contains(response.statusCode()) || location == null) {
                return asking.judge().apply(response);
            }
            URI next = URI.create(url).resolve(location);
            if (!Objects.equals(next.getHost(), host)) {
                return asking.judge().apply(response);
            }
            return redirects == MOST_REDIRECTS - 1
                    ? Future.failedFuture("stopped after " + MOST_REDIRECTS + " redirects")
                    : follow(action, next.toString(), host, timeout, asking, redirects + 1);
        });
    }

    private static Future<Outcome> outcome(HttpClientResponse response) {
        int code = response.statusCode();
        if (code < FIRST_SUCCESS_STATUS || code >= FIRST_FAILURE_STATUS) {
            return Future.succeededFuture(new Outcome(false, "HTTP probe failed with statuscode: " + code));
        }
        if (code < FIRST_REDIRECT_STATUS) {
            return Future.succeededFuture(new Outcome(true, ""));
        }
        return response.body().map(body -> {
            String text = body.getString(0, Math.min(body.length(), BODY_LIMIT));
            return new Outcome(true, "Probe terminated redirects, Response body: " + text);
        });
    }
}
