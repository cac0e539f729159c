package dev.firedrill.harness.cluster.embedded.apiserver.local;

import dev.firedrill.harness.cluster.embedded.apiserver.http.Answer;
import dev.firedrill.harness.cluster.embedded.apiserver.http.WatchSink;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One watch, between the session that has its events and the listener that gets the first of them and then as many as
 * it asks for. The listener is called on one event loop, one call after the other.
 */
final class LocalSocket implements WebSocket, WatchSink {
    private static final int NORMAL = 1000;

    private final Answer.Feed feed;
    private final Context context;
    private final WebSocket.Listener listener;
    private final Consumer<LocalSocket> atEnd;
    private long wanted = 1;
    private boolean ended;
    private @Nullable Handler<Void> whenWanted;
    private Handler<Void> whenClosed = gone -> {};

    LocalSocket(Answer.Feed feed, Context context, WebSocket.Listener listener, Consumer<LocalSocket> atEnd) {
        this.feed = feed;
        this.context = context;
        this.listener = listener;
        this.atEnd = atEnd;
    }

    /** Tells the listener that it is open, and begins. */
    void begin() {
        listener.onOpen(this);
        feed.into(this, context);
    }

    @Override
    public void request() {
        Handler<Void> waiting;
        synchronized (this) {
            wanted++;
            waiting = whenWanted;
            whenWanted = null;
        }
        if (waiting != null) {
            context.runOnContext(waiting);
        }
    }

    @Override
    public void write(Buffer event) {
        synchronized (this) {
            if (ended) {
                return;
            }
            wanted--;
        }
        try {
            listener.onMessage(this, event.toString());
        } catch (RuntimeException unheard) {
            abandon();
            listener.onError(this, unheard);
        }
    }

    @Override
    public synchronized boolean isFull() {
        return wanted <= 0;
    }

    @Override
    public void onDrain(Handler<Void> handler) {
        synchronized (this) {
            if (wanted <= 0) {
                whenWanted = handler;
                return;
            }
        }
        context.runOnContext(handler);
    }

    @Override
    public void onClose(Handler<Void> handler) {
        synchronized (this) {
            whenClosed = handler;
            if (!ended) {
                return;
            }
        }
        handler.handle(null);
    }

    @Override
    public void end() {
        if (leave()) {
            context.runOnContext(now -> listener.onClose(this, NORMAL, ""));
        }
    }

    @Override
    public boolean send(ByteBuffer data) {
        return false;
    }

    @Override
    public boolean sendClose(int code, @Nullable String reason) {
        if (!leave()) {
            return false;
        }
        gone();
        context.runOnContext(now -> listener.onClose(this, code, reason == null ? "" : reason));
        return true;
    }

    /** Ends it without a last word to the listener. */
    void abandon() {
        if (leave()) {
            gone();
        }
    }

    private void gone() {
        Handler<Void> closing;
        synchronized (this) {
            closing = whenClosed;
        }
        closing.handle(null);
    }

    private boolean leave() {
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
        }
        atEnd.accept(this);
        return true;
    }

    @Override
    public long queueSize() {
        return 0;
    }
}
