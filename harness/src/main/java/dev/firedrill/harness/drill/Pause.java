package dev.firedrill.harness.drill;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets time go by while the probes go on; ends at once when the drill is interrupted. */
final class Pause {
    private Pause() {}

    static void lasting(Duration duration) throws InterruptedException {
        boolean counted = new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
        if (counted) {
            throw new IllegalStateException("nobody counts this latch down");
        }
    }
}
