package dev.firedrill.harness.model;

import org.jspecify.annotations.Nullable;

/** What a fault changed could not be put back. */
public final class HealingException extends FiredrillException {
    private static final long serialVersionUID = 1L;

    public HealingException(String message) {
        super(message);
    }

    public HealingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
