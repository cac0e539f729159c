package dev.firedrill.harness.drill;

import java.util.Objects;

/**
 * A switch of a drill: what might have helped, tried or left out.
 *
 * @param name short, in lower case with dashes: {@code internal-monitor}
 * @param title what it is, for people
 * @param on whether it is in place
 */
public record Remedy(String name, String title, boolean on) {
    public Remedy {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(title, "title");
    }
}
