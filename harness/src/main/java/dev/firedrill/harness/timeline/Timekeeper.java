package dev.firedrill.harness.timeline;

import java.time.Duration;
import java.time.Instant;

/** The clock of a run: wall time for people, monotonic time for every difference. Injected, so that tests hold it. */
public interface Timekeeper {
    /** Wall time now. */
    Instant now();

    /** Time since the run began; never goes back. */
    Duration elapsed();

    /** The machine's clocks, starting now. */
    static Timekeeper system() {
        long start = System.nanoTime();
        return new Timekeeper() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public Duration elapsed() {
                return Duration.ofNanos(System.nanoTime() - start);
            }
        };
    }
}
