package dev.firedrill.harness.cluster.embedded.toxiproxy;

import dev.firedrill.harness.cluster.sockets.Door;
import dev.firedrill.harness.cluster.sockets.Gateway;
import dev.firedrill.harness.cluster.sockets.Passage;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One proxy: where it listens, where it leads, its toxics. Its settings are changed by one thread at a time. */
final class Proxy implements Passage {
    private final String name;
    private final Gateway gateway;
    private final Addresses addresses;
    private final Metrics metrics;
    private final Toxics toxics;
    private volatile String listen;
    private volatile String upstream;
    private @Nullable Door door;

    /** A proxy that does not listen yet. */
    Proxy(ProxySettings settings, Gateway gateway, Addresses addresses, Metrics metrics, Random random) {
        this.name = settings.name();
        this.listen = settings.listen();
        this.upstream = settings.upstream();
        this.gateway = gateway;
        this.addresses = addresses;
        this.metrics = metrics;
        this.toxics = new Toxics(random);
    }

    ProxySettings settings() {
        return new ProxySettings(name, listen, upstream, door != null);
    }

    Toxics toxics() {
        return toxics;
    }

    /** Listens, if it does not yet; throws as the API answers. */
    void start() {
        if (door != null) {
            return;
        }
        InetSocketAddress address = addresses.toListen(listen);
        try {
            door = gateway.listen(address, this);
            listen = Addresses.text(door.address());
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage()).contains("in use") ? "address already in use" : e.getMessage();
            throw new ApiException(500, "listen tcp " + Addresses.text(address) + ": bind: " + why);
        }
    }

    /** Listens no more, and closes all connections. */
    void stop() {
        if (door != null) {
            door.close();
            door = null;
            toxics.close();
        }
    }

    /** Whether it listens and leads as is wanted, however the host to listen on is written. */
    boolean hasAddressesOf(ProxySettings wanted) {
        return upstream.equals(wanted.upstream())
                && (listen.equals(wanted.listen())
                        || listen.equals(Addresses.text(addresses.toListen(wanted.listen()))));
    }

    /** Changes what differs; connections do not survive another address, or the end of its service. */
    void update(ProxySettings wanted) {
        if (!hasAddressesOf(wanted)) {
            stop();
            listen = wanted.listen();
            upstream = wanted.upstream();
        }
        if (wanted.enabled()) {
            start();
        } else {
            stop();
        }
    }

    @Override
    public Optional<InetSocketAddress> destination(InetAddress client) {
        try {
            return Optional.of(Addresses.toDial(upstream));
        } catch (ApiException notOne) {
            return Optional.empty();
        }
    }

    @Override
    public void joined(SocketChannel client, SocketChannel server) {
        toxics.begin(new Connection(client, server, metrics.of(name, listen, upstream)));
    }

    @Override
    public void refused(SocketChannel client) {
        var unused = client.close();
    }
}
