package dev.firedrill.harness.cluster.embedded.controllers;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** Times as Kubernetes writes them: UTC, whole seconds, or microseconds where an API says so. */
final class Timestamps {
    private Timestamps() {}

    static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** @throws java.time.format.DateTimeParseException if the text is not an RFC 3339 time */
    static Instant parse(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }
}
