package dev.firedrill.harness.model;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as people write and read them: {@code "250ms"} in files, {@code "3 h 42 min"} in sentences. */
public final class Durations {
    /** What {@link #parse} takes, for messages. */
    public static final String ALLOWED = "a number with a unit of ms, s, m or h, as in 250ms, 2s, 5m, 10h, 3h42m";

    private static final Pattern WRITTEN =
            Pattern.compile("(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?" + "(?:(\\d{1,12})ms)?");
    private static final Pattern DECIMAL = Pattern.compile("(\\d{1,9}\\.\\d{1,6})(ms|s|m|h)");
    private static final Map<String, Long> NANOS =
            Map.of("ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);

    private Durations() {}

    /** Reads {@code 250ms}, {@code 1.5s}, {@code 3h42m}; empty if it is nothing of the kind, as {@code 5} is. */
    public static Optional<Duration> parse(String text) {
        Matcher decimal = DECIMAL.matcher(text);
        if (decimal.matches()) {
            double nanos = Double.parseDouble(decimal.group(1)) * NANOS.getOrDefault(decimal.group(2), 1L);
            return Optional.of(Duration.ofNanos(Math.round(nanos)));
        }
        Matcher written = WRITTEN.matcher(text);
        if (text.isEmpty() || !written.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofHours(number(written.group(1)))
                .plusMinutes(number(written.group(2)))
                .plusSeconds(number(written.group(3)))
                .plusMillis(number(written.group(4))));
    }

    /** A duration for a sentence, with as much precision as a reader wants: {@code 42 ms}, {@code 4.2 s}, {@code 5 min
     * 3 s}, {@code 3 h 42 min}. */
    public static String words(Duration duration) {
        if (duration.isNegative()) {
            return "-" + words(duration.negated());
        }
        long millis = (duration.toNanos() + 500_000) / 1_000_000;
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0).replace(".0 s", " s");
        }
        Duration seconds = Duration.ofSeconds((millis + 500) / 1000);
        return seconds.toHours() == 0
                ? twoUnits(seconds.toMinutes(), "min", seconds.toSecondsPart(), "s")
                : twoUnits(seconds.toHours(), "h", seconds.toMinutesPart(), "min");
    }

    private static String twoUnits(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
