package dev.firedrill.harness.cluster.embedded.toxiproxy.toxics;

import java.util.Map;
import java.util.Random;

/** A kind of toxic with its attributes. */
public interface Toxic {
    /** Its name in the API: {@code latency}. */
    String type();

    /** As the API shows them, in its order. */
    Map<String, Long> attributes();

    /**
     * The same with what a request changes.
     *
     * @throws IllegalArgumentException if an attribute is not allowed
     */
    Toxic with(Attributes changes);

    /** At work on one direction of a connection. */
    Stage stage(Random random);

    /** Milliseconds, however many, as nanoseconds that do not overflow. */
    static long nanos(long millis) {
        return Math.max(0, Math.min(millis, Long.MAX_VALUE / 2_000_000)) * 1_000_000;
    }
}
