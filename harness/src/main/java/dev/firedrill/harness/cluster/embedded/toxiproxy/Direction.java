package dev.firedrill.harness.cluster.embedded.toxiproxy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The two directions of a connection, in the order in which the API lists their toxics. */
enum Direction {
    /** From the client to the server. */
    UPSTREAM,
    /** From the server to the client. */
    DOWNSTREAM;

    static Optional<Direction> parse(String stream) {
        return Arrays.stream(values())
                .filter(each -> each.label().equalsIgnoreCase(stream))
                .findFirst();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
