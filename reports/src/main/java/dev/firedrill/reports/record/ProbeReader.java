package dev.firedrill.reports.record;

import dev.firedrill.reports.record.ProbeRecord.Counts;
import dev.firedrill.reports.record.ProbeRecord.FailedWindow;
import dev.firedrill.reports.record.ProbeRecord.Latency;
import dev.firedrill.reports.record.ProbeRecord.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Sums up the samples of one probe in bounded memory. */
final class ProbeReader {
    private static final int WINDOWS_KEPT = 200;

    private final String name;
    private final Bands<Outcome> bands;
    private final Histogram micros = new Histogram(3);
    private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    private final List<FailedWindow> windows = new ArrayList<>();
    private long moreWindows;
    private @Nullable FailedWindow open;
    private String vantage = "";
    private String depth = "";
    private String target = "";

    ProbeReader(String name, Duration origin) {
        this.name = name;
        this.bands = new Bands<>(origin, Outcome.class);
    }

    void announce(Details probe) {
        vantage = lower(probe.text("vantage"));
        depth = lower(probe.text("depth"));
        target = probe.text("target");
    }

    void sample(Details sample, Duration at) {
        if (vantage.isEmpty()) {
            vantage = lower(sample.text("vantage"));
        }
        Outcome outcome = outcome(sample.text("outcome"));
        counts.merge(outcome, 1L, Long::sum);
        bands.add(at, outcome);
        if (outcome == Outcome.OK) {
            sample.millis("latencyMs").ifPresent(latency -> micros.recordValue(Math.max(0, latency.toNanos() / 1000)));
            close(at);
        } else if (outcome == Outcome.FAILED) {
            FailedWindow window = open;
            open = window == null
                    ? new FailedWindow(at, null, 1, detail(sample))
                    : new FailedWindow(window.from(), null, window.samples() + 1, window.detail());
        }
    }

    private void close(Duration at) {
        FailedWindow window = open;
        if (window == null) {
            return;
        }
        open = null;
        if (windows.size() < WINDOWS_KEPT) {
            windows.add(new FailedWindow(window.from(), at, window.samples(), window.detail()));
        } else {
            moreWindows++;
        }
    }

    ProbeRecord result() {
        List<FailedWindow> all = new ArrayList<>(windows);
        FailedWindow unfinished = open;
        if (unfinished != null) {
            all.add(unfinished);
        }
        return new ProbeRecord(
                name,
                vantage,
                depth,
                target,
                new Counts(count(Outcome.OK), count(Outcome.FAILED), count(Outcome.MISSED)),
                new Latency(percentile(50), percentile(99), micros(micros.getMaxValue())),
                all,
                moreWindows,
                bands.list());
    }

    private long count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0L);
    }

    private Duration percentile(double percent) {
        return micros(micros.getTotalCount() == 0 ? 0 : micros.getValueAtPercentile(percent));
    }

    private static Duration micros(long value) {
        return Duration.ofNanos(value * 1000);
    }

    private static String detail(Details sample) {
        String status = sample.text("status");
        String detail = sample.text("detail");
        return status.isEmpty() || status.equals("0") || detail.contains(status)
                ? detail
                : detail.isEmpty() ? "status " + status : status + ": " + detail;
    }

    private static Outcome outcome(String word) {
        for (Outcome outcome : Outcome.values()) {
            if (outcome.name().equalsIgnoreCase(word)) {
                return outcome;
            }
        }
        return Outcome.MISSED;
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
