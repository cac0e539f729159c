package dev.firedrill.harness.cluster.embedded.toxiproxy;

/** Counts the bytes of a proxy. */
interface Traffic {
    /** Bytes were read from the side that sends. */
    void received(Direction direction, long bytes);

    /** Bytes were written to the side that receives. */
    void sent(Direction direction, long bytes);
}
