package dev.firedrill.harness.resync;

import java.util.Objects;

/** A thing as the public route serves it. */
public record Content(long version, String value) {
    public Content {
        Objects.requireNonNull(value, "value");
    }
}
