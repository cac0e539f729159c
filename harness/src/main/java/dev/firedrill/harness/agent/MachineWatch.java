package dev.firedrill.harness.agent;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells, until it is closed, for how much of each second this machine let programs stand still: it had no processor to
 * spare, or everybody waited for its disks. What an alert, or its absence, says of a system on such a machine is
 * another matter.
 */
public final class MachineWatch implements AutoCloseable {
    private static final long STEP_MILLIS = 100;
    private static final int STEPS = 10;
    /** More than a second, whatever delays the looks. */
    private static final Duration KEPT = Duration.ofSeconds(10);
    /** Less of a second than this is an ordinary burst of work, and not told. */
    private static final Duration LEAST = Duration.ofMillis(300);

    private final LostTime lost;
    private final LongSupplier nanoTime;
    private final Consumer<Duration> listener;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread watch = new Thread(work, "machine-watch");
        watch.setDaemon(true);
        return watch;
    });
    private long begun;
    private int steps;

    MachineWatch(MachineLoad machine, LongSupplier nanoTime, Consumer<Duration> listener) {
        this.lost = new LostTime(machine, KEPT, nanoTime);
        this.nanoTime = nanoTime;
        this.listener = listener;
        this.begun = nanoTime.getAsLong();
    }

    /**
     * Begins to watch.
     *
     * @param listener is told at the end of a second how much of it was lost: 300 ms to all of it; on a thread of its
     *     own
     */
    public static MachineWatch start(Consumer<Duration> listener) {
        MachineWatch watch = new MachineWatch(MachineLoad.ofThisMachine(), System::nanoTime, listener);
        ScheduledFuture<?> unused =
                watch.thread.scheduleAtFixedRate(watch::look, STEP_MILLIS, STEP_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    void look() {
        Duration soFar = lost.since(begun);
        steps++;
        if (steps == STEPS) {
            steps = 0;
            begun = nanoTime.getAsLong();
            if (soFar.compareTo(LEAST) >= 0) {
                listener.accept(soFar);
            }
        }
    }

    /** Ends it; whom it is telling something just then is not interrupted. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
