package dev.firedrill.harness.agent;

import dev.firedrill.harness.cluster.sockets.LostConnections;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** One HTTP request on a connection that its sender controls, with a bound on its time and on its answer's size. */
record HttpExchange(String method, URI url, Map<String, String> headers, String body, Duration timeout) {
    /** The longest answer that is read. */
    static final int MOST_BODY = 1024 * 1024;

    /** What came: status, headers with names in lower case, body. */
    record Answer(int status, Map<String, String> headers, String body) {}

    /**
     * Opens a connection to the host of a URL. Its name is looked up each time as any Java program on this machine
     * would, apart from the event loop, which a slow name server must not stop.
     */
    static Future<HttpClientConnection> connect(Vertx vertx, HttpClientAgent client, URI url) {
        boolean tls = "https".equalsIgnoreCase(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
        return vertx.executeBlocking(() -> lookUp(url.getHost()), false)
                .compose(address -> client.connect(new HttpConnectOptions()
                        .setServer(SocketAddress.inetSocketAddress(port, address))
                        .setHost(url.getHost())
                        .setPort(port)
                        .setSsl(tls)))
                .onSuccess(LostConnections::expect);
    }

    private static String lookUp(String host) throws UnknownHostException {
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException e) {
            throw new UnknownHostException("the name '" + host + "' does not resolve");
        }
    }

    /** Sends it; fails with {@link TimeoutException} if connecting and answering together take too long. */
    Future<Answer> send(Vertx vertx, Future<HttpClientConnection> connection, boolean keepOpen) {
        return send(vertx, connection, keepOpen, () -> Duration.ZERO);
    }

    /** The same; whenever the time is over it is asked for how much longer to wait, until that is less than 1 ms. */
    Future<Answer> send(
            Vertx vertx, Future<HttpClientConnection> connection, boolean keepOpen, Supplier<Duration> grace) {
        Promise<Answer> answer = Promise.promise();
        AtomicLong timer = new AtomicLong();
        await(vertx, timer, timeout, grace, answer);
        connection
                .compose(open -> open.request(options()))
                .compose(this::exchange)
                .onComplete(result -> {
                    if (result.succeeded()) {
                        answer.tryComplete(result.result());
                    } else {
                        answer.tryFail(result.cause());
                    }
                });
        return answer.future().onComplete(result -> {
            vertx.cancelTimer(timer.get());
            if (result.failed() || !keepOpen) {
                connection.onSuccess(HttpClientConnection::close);
            }
        });
    }

    private void await(Vertx vertx, AtomicLong timer, Duration time, Supplier<Duration> grace, Promise<Answer> answer) {
        timer.set(vertx.setTimer(Math.max(1, time.toMillis()), id -> {
            Duration more = answer.future().isComplete() ? Duration.ZERO : grace.get();
            if (more.toMillis() > 0) {
                await(vertx, timer, more, grace, answer);
            } else {
                answer.tryFail(new TimeoutException("no answer within " + timeout.toMillis() + " ms"));
            }
        }));
    }

    private RequestOptions options() {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(method))
                .setURI(path + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()));
        headers.forEach(options::putHeader);
        return options;
    }

    private Future<Answer> exchange(HttpClientRequest request) {
        return request.send(Buffer.buffer(body)).compose(response -> read(request, response));
    }

    private static Future<Answer> read(HttpClientRequest request, HttpClientResponse response) {
        Promise<Answer> answer = Promise.promise();
        Buffer body = Buffer.buffer();
        response.handler(part -> {
            body.appendBuffer(part);
            if (body.length() > MOST_BODY) {
                answer.tryFail("the answer is longer than " + MOST_BODY + " bytes");
                request.reset();
            }
        });
        response.exceptionHandler(answer::tryFail);
        response.endHandler(
                end -> answer.tryComplete(new Answer(response.statusCode(), headers(response), text(body))));
        return answer.future();
    }

    private static String text(Buffer body) {
        return body.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, String> headers(HttpClientResponse response) {
        Map<String, String> headers = new TreeMap<>();
        response.headers()
                .forEach(header -> headers.merge(
                        header.getKey().toLowerCase(Locale.ROOT), header.getValue(), (one, two) -> one + ", " + two));
        return headers;
    }
}
