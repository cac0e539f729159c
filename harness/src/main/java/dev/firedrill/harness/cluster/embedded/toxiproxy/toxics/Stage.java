package dev.firedrill.harness.cluster.embedded.toxiproxy.toxics;

import org.jspecify.annotations.Nullable;

/** One toxic at work on one direction of one connection. All calls come on the connection's own thread. */
public abstract class Stage {
    private @Nullable Site site;
    private @Nullable Stage next;

    /** Puts it to its place; called again when what follows is another. */
    public final void attach(Site where, Stage follower) {
        site = where;
        next = follower;
    }

    final Site site() {
        if (site == null) {
            throw new IllegalStateException("not attached yet");
        }
        return site;
    }

    final Stage next() {
        if (next == null) {
            throw new IllegalStateException("not attached yet");
        }
        return next;
    }

    /** Begins, when it is in its place. */
    public void begin() {}

    /** Takes bytes. */
    public abstract void data(Chunk chunk);

    /** Nothing comes after this. */
    public abstract void end(End end);

    /** Stops, and hands over what it holds, in order. */
    public void stop(Stage heir) {}

    /** Stops because its toxic was removed. */
    public void removed() {
        stop(next());
    }

    /** Takes over what another stage of the same toxic knew. */
    public void inherit(Stage before) {}

    /** Whether it holds many bytes on purpose, so that more may be read while it does. */
    public boolean holdsMany() {
        return false;
    }

    final void drop(Chunk chunk) {
        int size = chunk.size();
        chunk.data().release();
        site().dropped(size);
    }
}
