package dev.firedrill.harness.model;

import org.jspecify.annotations.Nullable;

/** The root of what Firedrill throws. A broken expectation is never thrown: it is a {@link Verdict}. */
public class FiredrillException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FiredrillException(String message) {
        super(message);
    }

    public FiredrillException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
