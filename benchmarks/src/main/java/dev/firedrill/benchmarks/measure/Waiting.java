package dev.firedrill.benchmarks.measure;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits in a measuring program, where nothing tells that the time has come. */
public final class Waiting {
    private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();

    private Waiting() {}

    /** Waits until a moment of {@link System#nanoTime()}; returns late by what the machine makes it late. */
    public static void untilNanos(long moment) {
        long left = moment - System.nanoTime();
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(left);
            left = moment - System.nanoTime();
        }
    }

    /** Waits for a condition, looking every 50 ms; yields whether it came in time. */
    public static boolean forCondition(BooleanSupplier condition, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            untilNanos(System.nanoTime() + LOOK_NANOS);
        }
        return true;
    }
}
