package dev.firedrill.harness.cluster.embedded.apiserver.local;

import dev.firedrill.harness.cluster.embedded.apiserver.http.Reply;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpHeaders;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A whole answer, given to its consumer in one piece. */
final class LocalResponse extends StandardHttpHeaders implements HttpResponse<AsyncBody>, AsyncBody {
    private final HttpRequest request;
    private final Reply reply;
    private final AsyncBody.Consumer<List<ByteBuffer>> consumer;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private boolean given;

    LocalResponse(HttpRequest request, Reply reply, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        super(reply.headers());
        this.request = request;
        this.reply = reply;
        this.consumer = consumer;
    }

    @Override
    public int code() {
        return reply.code();
    }

    @Override
    public AsyncBody body() {
        return this;
    }

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public Optional<HttpResponse<?>> previousResponse() {
        return Optional.empty();
    }

    /** The first time gives all, and the second time says that this was all. */
    @Override
    public void consume() {
        boolean first;
        synchronized (this) {
            first = !given && reply.body().length() > 0;
            given = true;
        }
        if (!first) {
            done.complete(null);
            return;
        }
        try {
            consumer.consume(List.of(ByteBuffer.wrap(reply.body().getBytes())), this);
        } catch (Exception e) {
            done.completeExceptionally(e);
        }
    }

    @Override
    public CompletableFuture<Void> done() {
        return done;
    }

    @Override
    public void cancel() {
        done.cancel(false);
    }
}
