package dev.firedrill.harness.fault;

import java.util.Objects;

/**
 * One object in the drill's namespace.
 *
 * @param apiVersion such as {@code v1} or {@code apps/v1}
 * @param kind such as {@code Service}
 * @param name its name
 */
public record ObjectRef(String apiVersion, String kind, String name) {
    public ObjectRef {
        Objects.requireNonNull(apiVersion, "apiVersion");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return kind + "/" + name;
    }
}
