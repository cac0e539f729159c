package dev.firedrill.harness.cluster.embedded.toxiproxy;

import dev.firedrill.harness.cluster.sockets.Gateway;
import dev.firedrill.harness.model.FiredrillException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A Toxiproxy inside this JVM: the HTTP API of version 2.12 and its toxics, for the same clients. Unlike the real one
 * it keeps a half-closed connection open for the reply, and passes a reset on as a reset.
 *
 * <pre>{@code
 * try (ToxiproxyServer server = ToxiproxyServer.start(ToxiproxyOptions.onLoopback())) {
 *     ToxiproxyClient client = new ToxiproxyClient("127.0.0.1", server.address().getPort());
 * }
 * }</pre>
 *
 * <p>Source: https://github.com/Shopify/toxiproxy/tree/v2.12.0#http-api
 */
public final class ToxiproxyServer implements AutoCloseable {
    private static final int START_SECONDS = 30;
    private static final int CLOSE_SECONDS = 5;

    private final Vertx vertx;
    private final Gateway gateway = new Gateway("firedrill-toxiproxy");
    private final Proxies proxies;
    private final Api api;
    private final HttpServer http;
    private final String host;
    private final AtomicLong requests = new AtomicLong();

    private ToxiproxyServer(ToxiproxyOptions options) throws TimeoutException {
        Metrics metrics = new Metrics();
        Addresses addresses = new Addresses(options.wildcard());
        Random random = new Random(options.seed());
        proxies = new Proxies(settings -> new Proxy(settings, gateway, addresses, metrics, random));
        api = new Api(proxies, metrics);
        host = options.host();
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        http = vertx.createHttpServer()
                .requestHandler(this::serve)
                .listen(options.port(), host)
                .await(START_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Starts to answer requests.
     *
     * @throws FiredrillException if it cannot listen
     */
    public static ToxiproxyServer start(ToxiproxyOptions options) {
        try {
            return new ToxiproxyServer(options);
        } catch (TimeoutException | RuntimeException e) {
            throw new FiredrillException(
                    "Toxiproxy cannot listen on " + options.host() + ":" + options.port() + ": " + e.getMessage(), e);
        }
    }

    /** Where the API is. */
    public InetSocketAddress address() {
        return new InetSocketAddress(host, http.actualPort());
    }

    /** Makes proxies as {@code POST /populate} does; the answer's error, if there is one. */
    Optional<String> populate(String json) {
        Api.Answer answer = api.answer("POST", "/populate", "", json);
        return answer.status() == 201 ? Optional.empty() : Optional.of(answer.body());
    }

    /** A change waits for the connections that it is for: never on an event loop. */
    private void serve(HttpServerRequest request) {
        request.body()
                .compose(body -> vertx.executeBlocking(() -> api.answer(
                        request.method().name(),
                        request.path(),
                        String.valueOf(request.getHeader("User-Agent")),
                        body.toString(StandardCharsets.UTF_8))))
                .onSuccess(answer -> {
                    HttpServerResponse response = request.response()
                            .setStatusCode(answer.status())
                            .putHeader("X-Toxiproxy-Request-Id", String.valueOf(requests.incrementAndGet()));
                    if (!answer.type().isEmpty()) {
                        response.putHeader("Content-Type", answer.type());
                    }
                    response.end(answer.body());
                })
                .onFailure(failure -> request.response().setStatusCode(500).end(String.valueOf(failure.getMessage())));
    }

    /** Closes the API and all connections. */
    @Override
    public void close() {
        try {
            http.close().await(CLOSE_SECONDS, TimeUnit.SECONDS);
            proxies.close();
            gateway.close();
            vertx.close().await(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new FiredrillException("Toxiproxy did not close within " + CLOSE_SECONDS + " s", e);
        }
    }
}
