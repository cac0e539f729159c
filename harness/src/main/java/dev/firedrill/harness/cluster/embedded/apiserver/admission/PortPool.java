package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import java.util.BitSet;

/** The node ports, 30000 to 32767. */
public final class PortPool {
    private static final int FIRST = 30_000;
    private static final int LAST = 32_767;

    static final String OUT_OF_RANGE =
            "provided port is not in the valid range. The range of valid ports is %d-%d".formatted(FIRST, LAST);

    private final BitSet taken = new BitSet();
    private int next = FIRST;

    /** Takes a free port. */
    public synchronized int take() {
        int port = taken.nextClearBit(next);
        if (port > LAST) {
            port = taken.nextClearBit(FIRST);
        }
        if (port > LAST) {
            throw new IllegalStateException("all node ports are taken");
        }
        taken.set(port);
        next = port + 1;
        return port;
    }

    /** Takes one port; false if it is taken. */
    public synchronized boolean take(int port) {
        boolean free = !taken.get(port);
        taken.set(port);
        return free;
    }

    /** Gives a port back. */
    public synchronized void free(int port) {
        taken.clear(port);
    }

    /** Whether it is one of these ports. */
    public boolean contains(long port) {
        return port >= FIRST && port <= LAST;
    }
}
