package dev.firedrill.benchmarks.apiserver;

import dev.firedrill.benchmarks.apiserver.Ticker.Ticks;
import dev.firedrill.benchmarks.measure.MeasurementException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.HdrHistogram.Histogram;

/**
 * What one server process did.
 *
 * @param rate answers per second of the load
 * @param quiet what was observed without it
 * @param loaded what was observed with it
 * @param collection the longest pause of the server's garbage collector, milliseconds
 */
record ServerRun(double rate, Observed quiet, Observed loaded, double collection) {
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MEDIAN = 50;
    private static final double HIGH = 99;

    /** Starts a server, stores the objects, and measures. */
    static ServerRun measure(int number) {
        try (MeasuredServer server = MeasuredServer.start()) {
            Load load = new Load(server);
            load.populate();
            Observed quiet = observe(server, "quiet");
            load.run(WARM_UP, number);
            CompletableFuture<Observed> loaded = together(() -> observe(server, "loaded"));
            double rate = load.run(WINDOW, number + 1_000_000L);
            return new ServerRun(rate, quiet, join(loaded), server.finish());
        }
    }

    Observed observed(boolean withoutLoad) {
        return withoutLoad ? quiet : loaded;
    }

    /** One line for people. */
    String summary() {
        return String.format(
                Locale.ROOT,
                "%,.0f requests/s; watch p50 %.2f ms, under load %.2f ms; longest gap %.1f ms, under load %.1f ms",
                rate,
                quiet.deliveryMedian(),
                loaded.deliveryMedian(),
                quiet.pause(),
                loaded.pause());
    }

    private static Observed observe(MeasuredServer server, String name) {
        CompletableFuture<Ticks> ticks = together(() -> new Ticker(server).run(WINDOW));
        CompletableFuture<Histogram> delays = together(() -> new WatchDelay(server, name).run(WINDOW));
        return Observed.of(join(ticks), join(delays));
    }

    private static <T> CompletableFuture<T> together(Measurement<T> measurement) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(measurement.run());
                    } catch (IOException | RuntimeException | Error e) {
                        result.completeExceptionally(e);
                    }
                },
                "measuring");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private static <T> T join(CompletableFuture<T> part) {
        try {
            return part.join();
        } catch (CompletionException e) {
            throw new MeasurementException("the API server was not measured: " + e.getCause(), e);
        }
    }

    /** Something that is measured beside something else. */
    @FunctionalInterface
    private interface Measurement<T> {
        T run() throws IOException;
    }

    /**
     * What steady clients saw, in milliseconds.
     *
     * @param deliveryMedian of the delay from a write to its event
     * @param deliveryHigh the 99th percentile of that delay
     * @param pause the longest gap between two answers, or the longest wait for one if that is more
     * @param lateness how much of it may be this process's own
     */
    record Observed(double deliveryMedian, double deliveryHigh, double pause, double lateness) {
        static Observed of(Ticks ticks, Histogram delays) {
            long longest =
                    Math.max(ticks.latency().getMaxValue(), ticks.longestGap().toNanos());
            return new Observed(
                    delays.getValueAtPercentile(MEDIAN) / NANOS_PER_MILLI,
                    delays.getValueAtPercentile(HIGH) / NANOS_PER_MILLI,
                    longest / NANOS_PER_MILLI,
                    ticks.lateness().toNanos() / NANOS_PER_MILLI);
        }
    }
}
