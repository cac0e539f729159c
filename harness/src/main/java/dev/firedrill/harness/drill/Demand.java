package dev.firedrill.harness.drill;

import dev.firedrill.harness.timeline.Moment;

/** Something demanded in words, before it is known of which moment it speaks; see {@link Demands}. */
@FunctionalInterface
public interface Demand {
    /** The expectation, as seen from a moment on. */
    Expectation since(Moment moment);
}
