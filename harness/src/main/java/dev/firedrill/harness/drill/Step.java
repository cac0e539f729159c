package dev.firedrill.harness.drill;

import java.util.Objects;

/**
 * One step of a drill.
 *
 * @param id unique within the drill; moments refer to it
 * @param caption what it is called, and what the record of a past incident says of this moment
 * @param action what is done
 */
public record Step(String id, Caption caption, Action action) {
    public Step {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(caption, "caption");
        Objects.requireNonNull(action, "action");
    }
}
