package dev.firedrill.harness.drill;

import java.util.Objects;

/**
 * What a step is called, and which moment of a past incident's record it is.
 *
 * @param title one line
 * @param recordAt the moment in the record, in ISO-8601 with the record's own offset; empty where there is none
 * @param recordUntil when it ended in the record, likewise; empty where it did not last
 * @param assumed whether the record is silent about the moment and it was chosen
 * @param recordText what the record says happened; may be empty
 * @param who who did or saw it; may be empty
 */
public record Caption(
        String title, String recordAt, String recordUntil, boolean assumed, String recordText, String who) {
    public Caption {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(recordAt, "recordAt");
        Objects.requireNonNull(recordUntil, "recordUntil");
        Objects.requireNonNull(recordText, "recordText");
        Objects.requireNonNull(who, "who");
    }

    /** A step of a drill that replays no record. */
    public static Caption of(String title) {
        return new Caption(title, "", "", false, "", "");
    }
}
