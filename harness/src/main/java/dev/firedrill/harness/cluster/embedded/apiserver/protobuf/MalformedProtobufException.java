package dev.firedrill.harness.cluster.embedded.apiserver.protobuf;

/** Bytes that are no Protobuf message of a known kind; the message says why. */
public final class MalformedProtobufException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedProtobufException(String message) {
        super(message, null, false, false);
    }
}
