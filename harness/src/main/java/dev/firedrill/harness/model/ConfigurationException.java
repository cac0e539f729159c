package dev.firedrill.harness.model;

import org.jspecify.annotations.Nullable;

/** Bad input: a flag, a file, a setting. Its message is one line that says where and what is allowed; exit status 2. */
public final class ConfigurationException extends FiredrillException {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }

    public ConfigurationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
