package dev.firedrill.harness.model;

import org.jspecify.annotations.Nullable;

/** A cluster or a system could not be brought up. Its message says which stage, what was seen last, and what to do. */
public final class ProvisioningException extends FiredrillException {
    private static final long serialVersionUID = 1L;

    public ProvisioningException(String message) {
        super(message);
    }

    public ProvisioningException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
