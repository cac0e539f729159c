package dev.firedrill.harness.cluster.embedded.toxiproxy;

import java.util.Objects;

/**
 * How an embedded Toxiproxy is started.
 *
 * @param host where the API listens
 * @param port its port; 0 for a free one
 * @param wildcard where a proxy listens that is to listen on all addresses; empty for really all
 * @param seed of all that is random: jitter, and which connections a toxic leaves out
 */
public record ToxiproxyOptions(String host, int port, String wildcard, long seed) {
    public ToxiproxyOptions {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(wildcard, "wildcard");
    }

    /** On the loopback interface alone, on a free port. */
    public static ToxiproxyOptions onLoopback() {
        return new ToxiproxyOptions("127.0.0.1", 0, "127.0.0.1", System.nanoTime());
    }
}
