package dev.firedrill.harness.cluster.embedded;

import dev.firedrill.harness.model.ProvisioningException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/**
 * A block of loopback addresses, 127.A.0.0/16, that belongs to one cluster of this machine. The claim is a listening
 * socket,
 * so that it ends with the process that holds it, in whatever way that ends.
 */
final class LoopbackBlock implements AutoCloseable {
    /** Where claims are made: no registered service uses this port. */
    private static final int CLAIM_PORT = 17443;

    private static final int BLOCKS = 254;

    private final int number;
    private final ServerSocket claim;

    private LoopbackBlock(int number, ServerSocket claim) {
        this.number = number;
        this.claim = claim;
    }

    /**
     * Claims a block that no other cluster holds.
     *
     * @throws ProvisioningException if all are held, or no such address can be bound
     */
    static LoopbackBlock claim() {
        int first = (int) (ProcessHandle.current().pid() % BLOCKS);
        IOException last = new IOException("nothing tried");
        for (int tried = 0; tried < BLOCKS; tried++) {
            int number = 1 + (first + tried) % BLOCKS;
            try {
                return new LoopbackBlock(number, bind(address(number), CLAIM_PORT));
            } catch (IOException e) {
                last = e;
            }
        }
        throw new ProvisioningException(
                "none of the loopback blocks 127.1.0.0/16 to 127.254.0.0/16 could be claimed on port " + CLAIM_PORT
                        + " (last: " + last.getMessage() + "); is something listening on that port of all addresses?",
                last);
    }

    /** Why no block can be had on this machine; empty if one can. */
    static Optional<String> unavailable() {
        try (ServerSocket probe = bind(address(BLOCKS), 0)) {
            return probe.isBound() ? Optional.empty() : Optional.of("loopback addresses cannot be bound");
        } catch (IOException e) {
            return Optional.of("loopback address " + address(BLOCKS) + " cannot be bound (" + e.getMessage()
                    + "); the whole of 127.0.0.0/8 must be local, as it is on Linux");
        }
    }

    private static ServerSocket bind(String address, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port), 1);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static String address(int number) {
        return "127." + number + ".0.1";
    }

    /** The first two parts of its addresses, {@code 127.9}. */
    String prefix() {
        return "127." + number;
    }

    @Override
    public void close() {
        try {
            claim.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("loopback block " + prefix() + " not given back", e);
        }
    }
}
