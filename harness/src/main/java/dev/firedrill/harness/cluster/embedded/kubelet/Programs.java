package dev.firedrill.harness.cluster.embedded.kubelet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Starts the programs of a node until it closes. From then on none is started, and every one that ever was bears its
 * mark: who looks for marks after that overlooks none that was just being started. Safe for use by several threads.
 */
final class Programs {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Starter starter;
    private boolean closed;

    /** How a program is started, see {@link Launcher#start}. */
    @FunctionalInterface
    interface Starter {
        Process start(List<String> command, Map<String, String> environment, Path directory) throws IOException;
    }

    Programs() {
        this(Launcher::start);
    }

    Programs(Starter starter) {
        this.starter = starter;
    }

    /**
     * Starts a program.
     *
     * @throws IOException if it cannot be started, or not any more
     */
    Process start(List<String> command, Map<String, String> environment, Path directory) throws IOException {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IOException("the node is shutting down");
            }
            return starter.start(command, environment, directory);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Whether nothing is started any more. */
    boolean closed() {
        lock.readLock().lock();
        try {
            return closed;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** From now on nothing is started; what is being started has begun when this returns. */
    void close() {
        lock.writeLock().lock();
        try {
            closed = true;
        } finally {
            lock.writeLock().unlock();
        }
    }
}
