package dev.firedrill.harness.cluster.embedded.apiserver.local;

import dev.firedrill.harness.cluster.embedded.apiserver.http.Answer;
import dev.firedrill.harness.cluster.embedded.apiserver.http.LocalCalls;
import dev.firedrill.harness.cluster.embedded.apiserver.http.Reply;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardWebSocketBuilder;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import io.fabric8.kubernetes.client.http.WebSocketUpgradeResponse;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hands requests to the server, and those that need a connection to a client that has one. */
final class LocalTransport {
    private final LocalCalls calls;
    private final List<Context> contexts;
    private final Supplier<StandardHttpClient<?, ?, ?>> connecting;
    private final Set<LocalSocket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();
    private @Nullable StandardHttpClient<?, ?, ?> network;
    private boolean closed;

    LocalTransport(LocalCalls calls, Vertx loops, Supplier<StandardHttpClient<?, ?, ?>> connecting) {
        this.calls = calls;
        this.contexts = contexts(loops);
        this.connecting = connecting;
    }

    CompletableFuture<HttpResponse<AsyncBody>> send(
            StandardHttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        Optional<Buffer> body = body(request);
        if (body.isEmpty()) {
            return overNetwork().consumeBytesDirect(request, consumer);
        }
        Optional<Answer> answer = calls.ask(call(request, body.get()));
        if (answer.isEmpty()) {
            return CompletableFuture.failedFuture(ended());
        }
        if (answer.get() instanceof Answer.Whole whole) {
            return CompletableFuture.completedFuture(new LocalResponse(request, whole.reply(), consumer));
        }
        return overNetwork().consumeBytesDirect(request, consumer);
    }

    CompletableFuture<WebSocketResponse> open(StandardWebSocketBuilder builder, WebSocket.Listener listener) {
        StandardHttpRequest request = builder.asHttpRequest();
        Optional<Answer> answer = calls.ask(call(request, Buffer.buffer()));
        if (answer.isEmpty()) {
            return CompletableFuture.failedFuture(ended());
        }
        if (answer.get() instanceof Answer.Whole whole) {
            return CompletableFuture.completedFuture(refused(request, whole.reply()));
        }
        if (answer.get() instanceof Answer.Events events) {
            return CompletableFuture.completedFuture(events(request, events, listener));
        }
        return overNetwork().buildWebSocketDirect(builder, listener);
    }

    private WebSocketResponse events(StandardHttpRequest request, Answer.Events events, WebSocket.Listener listener) {
        LocalSocket socket = new LocalSocket(events.feed(), context(), listener, open::remove);
        open.add(socket);
        socket.begin();
        return new WebSocketResponse(new WebSocketUpgradeResponse(request, 101), socket);
    }

    /** In turn: whoever opens many watches from one thread would have all on one event loop. */
    private Context context() {
        return contexts.get(Math.floorMod(turn.getAndIncrement(), contexts.size()));
    }

    /** One of each event loop. */
    private static List<Context> contexts(Vertx loops) {
        List<Context> made = new CopyOnWriteArrayList<>();
        loops.deployVerticle(
                        () -> new VerticleBase() {
                            @Override
                            public Future<?> start() {
                                made.add(context);
                                return Future.succeededFuture();
                            }
                        },
                        new DeploymentOptions().setInstances(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return List.copyOf(made);
    }

    private static WebSocketResponse refused(StandardHttpRequest request, Reply reply) {
        WebSocketUpgradeResponse response = new WebSocketUpgradeResponse(request, reply.code(), reply.headers());
        return new WebSocketResponse(response, new WebSocketHandshakeException(response));
    }

    private static IOException ended() {
        return new IOException("the embedded cluster has ended");
    }

    /** Empty for one that is read from elsewhere while it is sent. */
    private static Optional<Buffer> body(StandardHttpRequest request) {
        StandardHttpRequest.BodyContent content = request.body();
        if (content == null) {
            return Optional.of(Buffer.buffer());
        }
        if (content instanceof StandardHttpRequest.StringBodyContent text) {
            return Optional.of(Buffer.buffer(text.getContent()));
        }
        if (content instanceof StandardHttpRequest.ByteArrayBodyContent bytes) {
            return Optional.of(Buffer.buffer(bytes.getContent()));
        }
        return Optional.empty();
    }

    private static LocalCalls.Call call(StandardHttpRequest request, Buffer body) {
        Map<String, List<String>> headers = new LinkedHashMap<>(request.headers());
        String type = request.getContentType();
        if (type != null) {
            headers.put("content-type", List.of(type));
        }
        return new LocalCalls.Call(request.method(), request.uri(), headers, body);
    }

    private synchronized StandardHttpClient<?, ?, ?> overNetwork() {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
        if (network == null) {
            network = connecting.get();
        }
        return network;
    }

    void close() {
        StandardHttpClient<?, ?, ?> connected;
        synchronized (this) {
            closed = true;
            connected = network;
        }
        open.forEach(LocalSocket::abandon);
        if (connected != null) {
            connected.close();
        }
    }
}
