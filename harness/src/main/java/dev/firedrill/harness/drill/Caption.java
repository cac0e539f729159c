package dev.firedrill.harness.drill;

import java.util.Objects;

/**
 * What a step is called.
 *
 * @param title one line
 * @param recordAt the moment in the record of a past incident, as people read it; empty where there is none
 * @param recordText what the record says happened; may be empty
 * @param who who did or saw it; may be empty
 */
public record Caption(String title, String recordAt, String recordText, String who) {
    public Caption {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(recordAt, "recordAt");
        Objects.requireNonNull(recordText, "recordText");
        Objects.requireNonNull(who, "who");
    }

    /** A step of a drill that replays no record. */
    public static Caption of(String title) {
        return new Caption(title, "", "", "");
    }
}
