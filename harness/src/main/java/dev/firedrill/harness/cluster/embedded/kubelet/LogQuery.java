package dev.firedrill.harness.cluster.embedded.kubelet;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a container's log is asked for.
 *
 * <p>Source: Kubernetes API reference, {@code PodLogOptions}.
 *
 * @param tail lines from the end; negative for all
 * @param since only lines written at or after this moment; null for all
 * @param limit bytes to answer at most; negative for no limit
 */
record LogQuery(
        boolean follow,
        boolean previous,
        boolean timestamps,
        long tail,
        @Nullable Instant since,
        long limit) {

    static LogQuery everything() {
        return new LogQuery(false, false, false, -1, null, -1);
    }

    /**
     * @param parameter a query parameter's value, or null
     * @throws IllegalArgumentException if one cannot be read
     */
    static LogQuery parse(Function<String, @Nullable String> parameter, Instant now) {
        Instant since = null;
        String seconds = parameter.apply("sinceSeconds");
        String time = parameter.apply("sinceTime");
        if (seconds != null && !seconds.isEmpty()) {
            since = now.minus(Duration.ofSeconds(number("sinceSeconds", seconds)));
        } else if (time != null && !time.isEmpty()) {
            since = instant(time);
        }
        return new LogQuery(
                flag(parameter.apply("follow")),
                flag(parameter.apply("previous")),
                flag(parameter.apply("timestamps")),
                number("tailLines", parameter.apply("tailLines")),
                since,
                number("limitBytes", parameter.apply("limitBytes")));
    }

    /** Whether an option is there and says neither {@code false}, in any case, nor {@code 0}. */
    private static boolean flag(@Nullable String value) {
        return value != null && !value.equalsIgnoreCase("false") && !value.equals("0");
    }

    private static long number(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return -1;
        }
        try {
            return Long.parseUnsignedLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number that is not negative: " + value, e);
        }
    }

    private static Instant instant(String value) {
        try {
            return java.time.OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("sinceTime must be a time such as 2026-01-31T12:00:00Z: " + value, e);
        }
    }
}
