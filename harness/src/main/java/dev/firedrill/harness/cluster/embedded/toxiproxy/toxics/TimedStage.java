package dev.firedrill.harness.cluster.embedded.toxiproxy.toxics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A stage that passes things on in order, each not before its time. */
abstract class TimedStage extends Stage {
    private record Waiting(@Nullable Chunk chunk, @Nullable End end, long due) {
        void giveTo(Stage stage) {
            if (chunk != null) {
                stage.data(chunk);
            } else if (end != null) {
                stage.end(end);
            }
        }
    }

    private final Deque<Waiting> queue = new ArrayDeque<>();
    private @Nullable Future<?> timer;

    /** Passes bytes on at a time of the monotonic clock, and after all that was given before. */
    final void later(Chunk chunk, long due) {
        add(new Waiting(chunk, null, due));
    }

    /** Passes the end on, likewise. */
    final void later(End end, long due) {
        add(new Waiting(null, end, due));
    }

    /** The bytes as the next stage is to have them, now that they are due. */
    Chunk passing(Chunk chunk, long due) {
        return chunk;
    }

    private void pass(Waiting waiting) {
        Chunk chunk = waiting.chunk();
        if (chunk == null) {
            waiting.giveTo(next());
        } else {
            next().data(passing(chunk, waiting.due()));
        }
    }

    private void add(Waiting waiting) {
        if (queue.isEmpty() && waiting.due() - site().now() <= 0) {
            pass(waiting);
            return;
        }
        queue.add(waiting);
        arm();
    }

    private void arm() {
        Waiting head = queue.peek();
        if (timer == null && head != null) {
            timer = site().schedule(this::release, Math.max(0, head.due() - site().now()));
        }
    }

    private void release() {
        timer = null;
        for (Waiting head = queue.peek(); head != null && head.due() - site().now() <= 0; head = queue.peek()) {
            queue.remove();
            pass(head);
        }
        arm();
    }

    @Override
    public void stop(Stage heir) {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        for (Waiting each = queue.poll(); each != null; each = queue.poll()) {
            each.giveTo(heir);
        }
    }
}
