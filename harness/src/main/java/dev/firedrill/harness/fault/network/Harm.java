package dev.firedrill.harness.fault.network;

import dev.firedrill.harness.agent.WireResult;
import dev.firedrill.harness.fault.Arguments;
import java.time.Duration;
import java.util.Map;

/** What one kind of toxic does to a connection, and how that is seen. */
interface Harm {
    /** The toxic's type in Toxiproxy's API; empty if the proxy is disabled instead. */
    String type();

    /** The toxic's attributes in Toxiproxy's API. */
    Map<String, Long> attributes(Arguments arguments);

    /** How long a connection may stay silent in the proof. */
    Duration patience(Arguments arguments);

    /** Whether a connection was hit. */
    boolean hits(WireResult seen, Arguments arguments);

    /** Whether the proof ends its half of the connection instead of asking for something. */
    default boolean onlyEnds(Arguments arguments) {
        return false;
    }
}
