package dev.firedrill.benchmarks.apiserver;

import dev.firedrill.benchmarks.measure.Waiting;
import java.io.IOException;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * Asks for one object at a steady rate on a connection of its own, whether the server is quick or not: every request is
 * timed from when it was due, so that those which waited behind a slow one count as well (no coordinated omission).
 */
final class Ticker {
    private static final Duration INTERVAL = Duration.ofMillis(5);
    private static final int FIRST_ERROR = 300;
    private static final int DIGITS = 3;

    private final MeasuredServer server;

    Ticker(MeasuredServer server) {
        this.server = server;
    }

    /** Ticks for a time. */
    Ticks run(Duration time) throws IOException {
        byte[] request = server.requests().get(Population.path(0));
        Histogram latency = new Histogram(DIGITS);
        long longestGap = 0;
        long lateness = 0;
        try (TlsConnection connection = server.connect()) {
            long start = System.nanoTime();
            long last = start;
            long count = time.dividedBy(INTERVAL);
            for (long tick = 0; tick < count; tick++) {
                long due = start + tick * INTERVAL.toNanos();
                boolean idle = System.nanoTime() - due < 0;
                Waiting.untilNanos(due);
                lateness = idle ? Math.max(lateness, System.nanoTime() - due) : lateness;
                int status = connection.exchange(request);
                if (status >= FIRST_ERROR) {
                    throw new IOException("status " + status + " for the ticker");
                }
                long now = System.nanoTime();
                latency.recordValue(now - due);
                longestGap = Math.max(longestGap, now - last);
                last = now;
            }
        }
        return new Ticks(latency, Duration.ofNanos(longestGap), Duration.ofNanos(lateness));
    }

    /**
     * What was seen.
     *
     * @param latency from when a request was due until its answer, nanoseconds
     * @param longestGap between two answers
     * @param lateness the most by which this process itself was late although it had nothing else to do: what the
     *     machine, and not the server, adds to the others
     */
    record Ticks(Histogram latency, Duration longestGap, Duration lateness) {}
}
