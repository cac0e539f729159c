package dev.firedrill.harness.cluster.embedded.proxy;

import dev.firedrill.harness.cluster.sockets.Passage;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Leads to an endpoint of a Service. A connection that was accepted belongs to its endpoint until either side ends it,
 * whatever becomes of the Service; one whose endpoint refuses is reset.
 */
final class BalancedPassage implements Passage {
    private final Balancer balancer;

    BalancedPassage(Balancer balancer) {
        this.balancer = balancer;
    }

    @Override
    public Optional<InetSocketAddress> destination(InetAddress client) {
        return balancer.choose(client);
    }

    @Override
    public void joined(SocketChannel client, SocketChannel endpoint) {
        client.pipeline().addLast(new Pipe(endpoint));
        endpoint.pipeline().addLast(new Pipe(client));
        client.read();
        endpoint.read();
    }
}
