package dev.firedrill.harness.cluster.embedded.apiserver.schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Moments in the form in which Kubernetes answers them: UTC, with whole seconds or with microseconds.
 *
 * <p>Source: Go, {@code time.Parse} (what is refused, and how); k8s.io/apimachinery, {@code pkg/apis/meta/v1}.
 */
final class Times {
    private static final List<Step> DATE = List.of(
            new Step("2006", "\\d{4}"),
            new Step("-", "-"),
            new Step("01", "\\d{2}"),
            new Step("-", "-"),
            new Step("02", "\\d{2}"),
            new Step("T", "T"),
            new Step("15", "\\d{2}"),
            new Step(":", ":"),
            new Step("04", "\\d{2}"),
            new Step(":", ":"),
            new Step("05", "\\d{2}"));
    private static final int SHORTEST_MONTH = 28;
    private static final Step ZONE = new Step("Z07:00", "Z|[+-]\\d{2}:\\d{2}");
    private static final Times SECONDS =
            new Times("2006-01-02T15:04:05Z07:00", new Step("", "(?:[.,]\\d{1,9})?"), "uuuu-MM-dd'T'HH:mm:ss'Z'", "");
    private static final Times MICROS = new Times(
            "2006-01-02T15:04:05.000000Z07:00",
            new Step(".000000", "\\.\\d{6}"),
            "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'",
            ".######");

    private final String layout;
    private final List<Step> steps = new ArrayList<>(DATE);
    private final DateTimeFormatter form;
    private final String shape;

    /** A part of a layout, as messages name it, and what it takes. */
    private record Step(String name, Pattern form) {
        Step(String name, String form) {
            this(name, Pattern.compile(form));
        }
    }

    /**
     * @param fraction of a second, as it may be written
     * @param digits of the fraction, as they are answered, with {@code #} for each
     */
    private Times(String layout, Step fraction, String form, String digits) {
        this.layout = layout;
        steps.add(fraction);
        steps.add(ZONE);
        this.form = DateTimeFormatter.ofPattern(form).withZone(ZoneOffset.UTC);
        this.shape = "####-##-##T##:##:##" + digits + "Z";
    }

    /**
     * A moment in whole seconds.
     *
     * @throws WrongTypeException if the text is none
     */
    static String seconds(String text) {
        return SECONDS.canonical(text);
    }

    /**
     * A moment in microseconds.
     *
     * @throws WrongTypeException if the text is none
     */
    static String micros(String text) {
        return MICROS.canonical(text);
    }

    private String canonical(String text) {
        if (isCanonical(text)) {
            return text; // nearly all are: they were answered before, or clients write them so
        }
        int at = 0;
        for (Step step : steps) {
            Matcher matcher = step.form().matcher(text).region(at, text.length());
            if (!matcher.lookingAt()) {
                throw new WrongTypeException("parsing time \"%s\" as \"%s\": cannot parse \"%s\" as \"%s\""
                        .formatted(text, layout, text.substring(at), step.name()));
            }
            at = matcher.end();
        }
        if (at < text.length()) {
            throw refused(text, "extra text: \"" + text.substring(at) + "\"");
        }
        return form.format(moment(text));
    }

    /** Whether it is one that would be answered as it is; no for the last days of months, which need a calendar. */
    private boolean isCanonical(String text) {
        if (text.length() != shape.length()) {
            return false;
        }
        for (int at = 0; at < text.length(); at++) {
            char wanted = shape.charAt(at);
            char here = text.charAt(at);
            if (wanted == '#' ? here < '0' || here > '9' : here != wanted) {
                return false;
            }
        }
        return isBetween(text, 5, 1, 12)
                && isBetween(text, 8, 1, SHORTEST_MONTH)
                && isBetween(text, 11, 0, 23)
                && isBetween(text, 14, 0, 59)
                && isBetween(text, 17, 0, 59);
    }

    private static boolean isBetween(String text, int at, int least, int most) {
        int value = (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
        return value >= least && value <= most;
    }

    private static Instant moment(String text) {
        check(text, 5, 7, 12, 1, "month");
        int year = Integer.parseInt(text.substring(0, 4));
        int days = YearMonth.of(year, Integer.parseInt(text.substring(5, 7))).lengthOfMonth();
        check(text, 8, 10, days, 1, "day");
        check(text, 11, 13, 23, 0, "hour");
        check(text, 14, 16, 59, 0, "minute");
        check(text, 17, 19, 59, 0, "second");
        try {
            return OffsetDateTime.parse(text.replace(',', '.')).toInstant();
        } catch (DateTimeException beyond) {
            throw refused(text, "time zone offset hour out of range");
        }
    }

    private static void check(String text, int from, int to, int most, int least, String what) {
        int value = Integer.parseInt(text.substring(from, to));
        if (value < least || value > most) {
            throw refused(text, what + " out of range");
        }
    }

    private static WrongTypeException refused(String text, String why) {
        return new WrongTypeException("parsing time \"" + text + "\": " + why);
    }
}
