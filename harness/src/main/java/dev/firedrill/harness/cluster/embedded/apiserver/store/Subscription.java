package dev.firedrill.harness.cluster.embedded.apiserver.store;

/** A watch that goes on until it is closed. */
public interface Subscription extends AutoCloseable {
    /** Asks for {@link Subscriber#caughtUp} with the current revision. */
    void checkpoint();

    @Override
    void close();
}
