package dev.firedrill.harness.cluster.embedded.toxiproxy;

import dev.firedrill.harness.cluster.sockets.Gateway;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.util.function.Consumer;

/** A client's connection through a proxy: two sockets, and a link in each direction. */
final class Connection {
    private final SocketChannel client;
    private final SocketChannel server;
    private final PerDirection<Link> links;

    Connection(SocketChannel client, SocketChannel server, Traffic traffic) {
        this.client = client;
        this.server = server;
        links = PerDirection.of(direction -> direction == Direction.UPSTREAM
                ? link(client, server, direction, traffic)
                : link(server, client, direction, traffic));
    }

    private Link link(SocketChannel source, SocketChannel sink, Direction direction, Traffic traffic) {
        return new Link(
                source,
                sink,
                this,
                bytes -> traffic.received(direction, bytes),
                bytes -> traffic.sent(direction, bytes));
    }

    /**
     * Begins to read.
     *
     * @param over told once, when both sockets are closed
     */
    void start(Consumer<Connection> over) {
        for (SocketChannel each : new SocketChannel[] {client, server}) {
            each.closeFuture().addListener(closed -> {
                if (!client.isOpen() && !server.isOpen()) {
                    links.upstream().discard();
                    links.downstream().discard();
                    over.accept(this);
                }
            });
        }
        links.upstream().start();
        links.downstream().start();
    }

    EventLoop loop() {
        return client.eventLoop();
    }

    Link link(Direction direction) {
        return links.at(direction);
    }

    boolean isOpen() {
        return client.isOpen() || server.isOpen();
    }

    /** Closes both sides; what the kernel has still to send is sent. */
    void close() {
        var unused = client.close();
        unused = server.close();
    }

    /** Closes both sides with a reset. */
    void reset() {
        Gateway.reset(client);
        Gateway.reset(server);
    }

    void closeIfBothEnded() {
        if (client.isOutputShutdown() && server.isOutputShutdown()) {
            close();
        }
    }
}
