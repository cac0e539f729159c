package dev.firedrill.harness.cluster.embedded.toxiproxy.toxics;

import java.util.concurrent.Future;

/** Where a stage works: one direction of one connection, with its one thread. */
public interface Site {
    /** Now, on the JVM's monotonic clock. */
    long now();

    /** Runs a task on the connection's thread. */
    Future<?> schedule(Runnable task, long inNanos);

    /** Bytes do not reach the other side. */
    void dropped(int bytes);
}
