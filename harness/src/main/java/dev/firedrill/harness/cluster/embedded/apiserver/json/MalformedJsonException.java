package dev.firedrill.harness.cluster.embedded.apiserver.json;

/** Bytes that are no JSON (or YAML) document; the message says where. */
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedJsonException(String message) {
        super(message, null, false, false);
    }
}
