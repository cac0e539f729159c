package dev.firedrill.harness.cluster.embedded.controllers;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as Kubernetes writes them: UTC, whole seconds, or microseconds where an API says so. */
final class Timestamps {
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Timestamps() {}

    static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String micros(Instant instant) {
        return MICROS.format(instant);
    }

    /** @throws java.time.format.DateTimeParseException if the text is not an RFC 3339 time */
    static Instant parse(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }
}
