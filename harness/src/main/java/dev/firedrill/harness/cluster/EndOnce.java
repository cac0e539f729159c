package dev.firedrill.harness.cluster;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends what a cluster holds exactly once: when it is closed or, if nobody closes it, when the JVM ends. The end is
 * carried out in full on a thread that is interrupted, too, which is interrupted afterwards.
 */
public final class EndOnce implements AutoCloseable {
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Runnable end;
    private final Thread hook;

    private EndOnce(String name, Runnable end) {
        this.end = end;
        this.hook = new Thread(this::run, name);
    }

    /**
     * From now on, {@code end} runs by the end of the JVM.
     *
     * @param name of the thread that runs it when the JVM ends
     */
    public static EndOnce of(String name, Runnable end) {
        EndOnce once = new EndOnce(name, end);
        Runtime.getRuntime().addShutdownHook(once.hook);
        return once;
    }

    /** Runs the end, unless it ran before. */
    @Override
    public void close() {
        run();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ignored) {
            // the JVM is ending: the hook runs, and finds nothing left to do
        }
    }

    private void run() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            end.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
