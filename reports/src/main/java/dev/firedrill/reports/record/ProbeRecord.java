package dev.firedrill.reports.record;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a probe saw during a drill.
 *
 * @param vantage outside or inside
 * @param depth how deep it asks, or empty
 * @param target what it asks, or empty
 * @param windows the first failed windows, oldest first
 * @param moreWindows how many failed windows are left out of {@code windows}
 * @param bands its health over time
 */
public record ProbeRecord(
        String name,
        String vantage,
        String depth,
        String target,
        Counts counts,
        Latency latency,
        List<FailedWindow> windows,
        long moreWindows,
        List<Band<ProbeRecord.Outcome>> bands) {
    public ProbeRecord {
        windows = List.copyOf(windows);
        bands = List.copyOf(bands);
    }

    /** The outcome of one sample. */
    public enum Outcome {
        OK,
        FAILED,
        MISSED
    }

    /** Samples by outcome. */
    public record Counts(long ok, long failed, long missed) {
        public long all() {
            return ok + failed + missed;
        }
    }

    /** Of the samples that were answered well, from their intended start; zero if there are none. */
    public record Latency(Duration p50, Duration p99, Duration max) {}

    /**
     * A run of failed samples without a good one between.
     *
     * @param toOrNull the next good sample, unless none came
     * @param detail what the first of them saw
     */
    public record FailedWindow(Duration from, @Nullable Duration toOrNull, long samples, String detail) {}
}
