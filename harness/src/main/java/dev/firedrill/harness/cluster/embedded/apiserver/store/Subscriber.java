package dev.firedrill.harness.cluster.embedded.apiserver.store;

/** Takes what a watch sees, in order. Called while the store is locked: it must only queue. */
public interface Subscriber {
    void event(WatchEvent event);

    /** Every change up to this revision has been told. */
    void caughtUp(long revision);
}
