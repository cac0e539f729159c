package dev.firedrill.harness.incident;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import org.jspecify.annotations.Nullable;

/** Reads the times of an incident's steps: a date on the first step of each day, and never backwards. */
final class TimeReader {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter DATED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withResolverStyle(ResolverStyle.STRICT);
    private static final String ALLOWED = "; allowed: HH:mm, or yyyy-MM-dd HH:mm for the first step of a day";

    private final ZoneId zone;
    private @Nullable ZonedDateTime last;

    TimeReader(ZoneId zone) {
        this.zone = zone;
    }

    RecordTime read(Fields step) {
        ZonedDateTime at = at(step.get("at"));
        last = at;
        boolean assumed = step.find("assumed").map(Located::flag).orElse(false);
        return new RecordTime(
                at, step.find("until").map(until -> until(until, at)).orElse(null), assumed);
    }

    private ZonedDateTime at(Located place) {
        String text = place.text();
        ZonedDateTime before = last;
        if (text.contains(" ")) {
            ZonedDateTime at = dated(place, text);
            if (before != null && at.isBefore(before)) {
                throw place.wrong("time runs backwards: " + text + " after " + DATED.format(before));
            }
            return at;
        }
        LocalTime time = time(place, text);
        if (before == null) {
            throw place.wrong("the first step needs a date: " + text + ALLOWED);
        }
        ZonedDateTime at = before.toLocalDate().atTime(time).atZone(zone);
        if (at.isBefore(before)) {
            LocalDate tomorrow = before.toLocalDate().plusDays(1);
            throw place.wrong("time runs backwards: " + text + " after " + TIME.format(before)
                    + "; if it is the next day, write its date: " + DATED.format(tomorrow.atTime(time)));
        }
        return at;
    }

    private ZonedDateTime until(Located place, ZonedDateTime from) {
        ZonedDateTime until =
                from.toLocalDate().atTime(time(place, place.text())).atZone(zone);
        return until.isAfter(from) ? until : until.plusDays(1);
    }

    private ZonedDateTime dated(Located place, String text) {
        try {
            return LocalDateTime.parse(text, DATED).atZone(zone);
        } catch (DateTimeParseException e) {
            throw place.wrong(place.what() + " is not a time: " + text + ALLOWED);
        }
    }

    private static LocalTime time(Located place, String text) {
        try {
            return LocalTime.parse(text, TIME);
        } catch (DateTimeParseException e) {
            throw place.wrong(place.what() + " is not a time: " + text + ALLOWED);
        }
    }
}
