package dev.firedrill.harness.fault;

import java.util.Objects;

/**
 * How something is asked to synchronise anew once a repair is in place, as data: a value that was never there is
 * written to one field, and the same value in another says that it was done.
 *
 * @param target the object
 * @param request the field that asks, as a JSON pointer
 * @param answer the field that answers, as a JSON pointer
 */
public record Settling(ObjectRef target, String request, String answer) {
    public Settling {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(answer, "answer");
    }
}
