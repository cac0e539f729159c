package dev.firedrill.harness.incident;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A moment or a span of an incident's record, in the record's own zone.
 *
 * @param at when it was or began
 * @param untilOrNull when it ended, if it lasted
 * @param assumed whether the record is silent and we chose the time
 */
public record RecordTime(ZonedDateTime at, @Nullable ZonedDateTime untilOrNull, boolean assumed) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    public RecordTime {
        Objects.requireNonNull(at, "at");
    }

    public Optional<ZonedDateTime> until() {
        return Optional.ofNullable(untilOrNull);
    }

    /** From this moment to another; negative if the other is earlier. */
    public Duration to(RecordTime later) {
        return Duration.between(at, later.at);
    }

    /** In ISO-8601 with the record's offset: {@code 2024-06-03T22:36:00-04:00}. */
    public String iso() {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at);
    }

    /** The time alone: {@code 22:36}. */
    public String clock() {
        return TIME.format(at);
    }

    /** For people: {@code 3 June 22:36 to 02:18}, with {@code (assumed)} where it was. */
    public String inWords() {
        return DAY.format(at)
                + until().map(until -> " to " + TIME.format(until)).orElse("")
                + (assumed ? " (assumed)" : "");
    }
}
