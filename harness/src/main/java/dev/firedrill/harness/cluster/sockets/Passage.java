package dev.firedrill.harness.cluster.sockets;

import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Where connections that come in lead, and what flows between the two sides. Called on a connection's event loop. */
public interface Passage {
    /** Where a client's connection leads; empty if nowhere. */
    Optional<InetSocketAddress> destination(InetAddress client);

    /** Both sides are connected, and nothing was read yet from either. */
    void joined(SocketChannel client, SocketChannel destination);

    /** There is no destination, or it did not take the connection. */
    default void refused(SocketChannel client) {
        Gateway.reset(client);
    }
}
