package dev.firedrill.harness.cluster.embedded.apiserver.schema;

/** A value of another type than its field; the message names both, as Go's decoder does. */
public final class WrongTypeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String inPatch;

    WrongTypeException(String message) {
        this(message, message);
    }

    /** @param inPatch the message where the value came by a strategic merge patch, which is not decoded from JSON */
    WrongTypeException(String message, String inPatch) {
        super(message, null, false, false);
        this.inPatch = inPatch;
    }

    /** The message where the value came by a strategic merge patch. */
    public String inPatch() {
        return inPatch;
    }
}
