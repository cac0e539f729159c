package dev.firedrill.reports.wording;

import dev.firedrill.reports.record.DrillRecord.Figure;
import dev.firedrill.reports.record.DrillRecord.Quantity;
import dev.firedrill.reports.record.DrillRecord.StepRecord;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How times, counts and figures are said, alike on the console and in the report. */
public final class Wording {
    /** What "unscaled" means, in one sentence. */
    public static final String UNSCALED =
            "unscaled: the same if the monitor's intervals were as long as in real life, and people as slow as in the"
                    + " record";

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY_AND_CLOCK = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

    private Wording() {}

    /** A time span with two units at most: {@code 87 ms}, {@code 1.24 s}, {@code 3 min 20 s}, {@code 5 h 3 min}. */
    public static String duration(Duration span) {
        if (span.isNegative()) {
            return "-" + duration(span.negated());
        }
        double millis = span.toNanos() / 1e6;
        if (millis < 10 && millis > 0) {
            return decimals(millis, 1) + " ms";
        }
        if (millis < 999.5) {
            return Math.round(millis) + " ms";
        }
        if (millis < 59_950) {
            return decimals(millis / 1000, millis < 9995 ? 2 : 1) + " s";
        }
        long seconds = Math.round(millis / 1000);
        if (seconds < 3600) {
            return pair(seconds / 60, "min", seconds % 60, "s");
        }
        long minutes = Math.round(millis / 60_000);
        return minutes < 48 * 60
                ? pair(minutes / 60, "h", minutes % 60, "min")
                : pair(minutes / 1440, "d", minutes % 1440 / 60, "h");
    }

    /** A moment of a run, from its start: {@code +12.3 s}. */
    public static String moment(Duration at) {
        return "+" + decimals(at.toNanos() / 1e9, 1) + " s";
    }

    /** A local time of the record: {@code 22:36}. */
    public static String clock(OffsetDateTime at) {
        return CLOCK.format(at);
    }

    /** A local time of the record with its day: {@code 3 Jun 22:36}. */
    public static String dayAndClock(OffsetDateTime at) {
        return DAY_AND_CLOCK.format(at);
    }

    /** A number with its noun: {@code 1 change}, {@code 3 changes}. */
    public static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d", number) + " " + (number == 1 ? noun : noun + "s");
    }

    /** A share of one in whole percent: {@code 17 %}. */
    public static String percent(double share) {
        return Math.round(share * 100) + " %";
    }

    /** A row's time in the record: {@code 3 Jun 22:36 – 02:18}. */
    public static String recorded(StepRecord step) {
        OffsetDateTime at = step.recordAtOrNull();
        OffsetDateTime until = step.recordUntilOrNull();
        return at == null ? "" : dayAndClock(at) + (until == null ? "" : " – " + clock(until));
    }

    /** What was left of a deadline: {@code 17 % left}, {@code 62 % too late}. */
    public static String left(double margin) {
        return margin < 0 ? percent(-margin) + " too late" : percent(margin) + " left";
    }

    /** A value of a figure; a dash where there is none. */
    public static String quantity(Quantity quantity, String unit) {
        Duration time = quantity.timeOrNull();
        Double number = quantity.numberOrNull();
        if (time != null) {
            return duration(time);
        }
        if (number != null) {
            String text = number == Math.rint(number) ? decimals(number, 0) : decimals(number, 2);
            return isCountable(unit) ? text + " " + (number == 1 ? singular(unit) : unit) : text;
        }
        return quantity.text().isEmpty() ? "–" : quantity.text();
    }

    /** What the replay measured; "never" for a time that did not come. */
    public static String measured(Figure figure) {
        return figure.value().isPresent() ? quantity(figure.value(), figure.unit()) : "never";
    }

    /** A time span, or a dash. */
    public static String durationOrDash(@Nullable Duration span) {
        return span == null ? "–" : duration(span);
    }

    private static boolean isCountable(String unit) {
        return !unit.isEmpty() && !"ms".equals(unit) && !"count".equals(unit);
    }

    private static String singular(String unit) {
        return unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
    }

    private static String decimals(double number, int places) {
        String text = String.format(Locale.ROOT, "%,." + places + "f", number);
        return places == 2 && text.endsWith("0") ? text.substring(0, text.length() - 1) : text;
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
