package dev.firedrill.harness.model;

import org.jspecify.annotations.Nullable;

/** A fault could not be injected, or its effect could not be proven. */
public final class InjectionException extends FiredrillException {
    private static final long serialVersionUID = 1L;

    public InjectionException(String message) {
        super(message);
    }

    public InjectionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
