package dev.firedrill.harness.cluster.embedded.toxiproxy.toxics;

import io.netty.buffer.ByteBuf;

/**
 * Bytes on their way, owned by whoever has the chunk.
 *
 * @param data the bytes; released by whoever drops or sends them
 * @param arrivedNanos when the proxy read them, or a latency let them go, on the JVM's monotonic clock
 */
public record Chunk(ByteBuf data, long arrivedNanos) {
    /** How many bytes. */
    public int size() {
        return data.readableBytes();
    }

    /** The first bytes, which are no longer in this chunk. */
    Chunk first(int bytes) {
        return new Chunk(data.readRetainedSlice(bytes), arrivedNanos);
    }
}
