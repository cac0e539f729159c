package dev.firedrill.harness.resync;

/** What a source answered to a change. */
public sealed interface Submission {
    /**
     * The source took responsibility for the change.
     *
     * @param change the source's id of it, under which the target logs it
     * @param version the key's version that it makes, rising by key
     */
    record Accepted(String change, long version) implements Submission {}

    /** The source said no; the change must not have an effect. */
    record Refused(String reason) implements Submission {}

    /** Nobody can tell whether the source took it: a time-out, a broken connection. */
    record Unknown(String reason) implements Submission {}
}
