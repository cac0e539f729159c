package dev.firedrill.harness.cluster.embedded.apiserver.schema;

/** A value of another type than its field; the message names both, as Go's decoder does. */
public final class WrongTypeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongTypeException(String message) {
        super(message, null, false, false);
    }
}
