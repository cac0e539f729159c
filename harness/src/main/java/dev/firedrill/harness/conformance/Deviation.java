package dev.firedrill.harness.conformance;

import java.util.Locale;

/**
 * A behaviour that a kind of cluster does not have.
 *
 * @param answer whether it is missing or other
 * @param how what the kind does instead, for the table
 * @param seen a part of what the behaviour's check says there, so that it fails for this reason and no other
 */
public record Deviation(Answer answer, String how, String seen) {
    /** As in the table. */
    public enum Answer {
        /** It is not there, and refused. */
        NO,
        /** It is there and does something else. */
        DIFFERS;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
