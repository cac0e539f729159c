package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import dev.firedrill.harness.cluster.embedded.apiserver.store.Subscriber;
import dev.firedrill.harness.cluster.embedded.apiserver.store.Subscription;
import dev.firedrill.harness.cluster.embedded.apiserver.store.WatchEvent;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One watch: takes events from the store and writes them to its client, in order, as fast as the client reads. A client
 * that falls too far behind is cut off and resumes from what it saw last.
 */
final class WatchSession implements Subscriber {
    private static final int MOST_QUEUED = 50_000;

    private final ResourceKind kind;
    private final Rendering rendering;
    private final Context context;
    private final WatchSink sink;
    private final Queue<Buffer> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean ended;
    private boolean bookmarkInitial;
    private @Nullable Subscription subscription;
    private Runnable atEnd = () -> {};

    /**
     * @param bookmarkInitial mark the end of the objects that were there when the watch began
     */
    WatchSession(ResourceKind kind, Rendering rendering, Context context, WatchSink sink, boolean bookmarkInitial) {
        this.kind = kind;
        this.rendering = rendering;
        this.context = context;
        this.sink = sink;
        this.bookmarkInitial = bookmarkInitial;
        sink.onClose(closed -> stop());
    }

    /** Does something once, when the watch has ended. */
    void onEnd(Runnable action) {
        atEnd = action;
    }

    /** Hands over what feeds it. */
    void feedFrom(Subscription source) {
        subscription = source;
        if (ended) {
            source.close();
        }
    }

    @Override
    public void event(WatchEvent event) {
        offer(frame(event.type().name(), rendering.event(event.object())));
    }

    @Override
    public void caughtUp(long revision) {
        boolean initial = bookmarkInitial;
        bookmarkInitial = false;
        ObjectNode bookmark = Json.object();
        bookmark.put("kind", kind.kind());
        bookmark.put("apiVersion", kind.apiVersion());
        ObjectNode metadata = bookmark.putObject("metadata");
        if (initial) {
            metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        offer(frame("BOOKMARK", rendering.event(StoredObject.shown(kind, bookmark, revision))));
    }

    /** Sends a bookmark with the current revision. */
    void bookmark() {
        Subscription source = subscription;
        if (source != null && !ended) {
            source.checkpoint();
        }
    }

    /** Tells the client why it cannot begin, and ends. */
    void refuse(StatusException why) {
        Buffer error = frame("ERROR", Buffer.buffer(Json.write(why.status())));
        context.runOnContext(now -> {
            if (!ended) {
                sink.write(error);
                finish();
            }
        });
    }

    /** Ends the watch in an orderly way; the client resumes. */
    void finish() {
        if (!ended) {
            stop();
            sink.end();
        }
    }

    private void stop() {
        if (ended) {
            return;
        }
        ended = true;
        atEnd.run();
        queue.clear();
        Subscription source = subscription;
        if (source != null) {
            source.close();
        }
    }

    private void offer(Buffer frame) {
        if (ended) {
            return;
        }
        queue.add(frame);
        if (queued.incrementAndGet() > MOST_QUEUED) {
            context.runOnContext(overrun -> finish());
        } else if (scheduled.compareAndSet(false, true)) {
            context.runOnContext(now -> drain());
        }
    }

    private void drain() {
        scheduled.set(false);
        while (!ended) {
            if (sink.isFull()) {
                sink.onDrain(ready -> drain());
                return;
            }
            Buffer frame = queue.poll();
            if (frame == null) {
                return;
            }
            queued.decrementAndGet();
            sink.write(frame);
        }
    }

    private static Buffer frame(String type, Buffer object) {
        return Buffer.buffer(object.length() + 40)
                .appendString("{\"type\":\"" + type + "\",\"object\":")
                .appendBuffer(object)
                .appendString("}\n");
    }
}
