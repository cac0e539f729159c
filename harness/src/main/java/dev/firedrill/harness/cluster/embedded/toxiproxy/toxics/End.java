package dev.firedrill.harness.cluster.embedded.toxiproxy.toxics;

/** How one direction of a connection ends. */
public enum End {
    /** The sender has no more to send; the other direction goes on. */
    FINISHED,
    /** Both directions end; what was sent before still arrives. */
    CLOSED,
    /** Both directions end at once, and the peers see a reset. */
    RESET
}
