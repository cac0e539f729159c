package dev.firedrill.harness.cluster.embedded.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Chooses an endpoint for each new connection: one after the other, or, with affinity, the one the client had last. */
final class Balancer {
    private record Stay(InetSocketAddress endpoint, long untilNanos) {}

    private final LongSupplier nanos;
    private final Map<InetAddress, Stay> stays = new HashMap<>();
    private List<InetSocketAddress> endpoints = List.of();
    private Optional<Duration> affinity = Optional.empty();
    private int next;

    /**
     * A balancer without endpoints.
     *
     * @param begin which endpoint comes first; any number
     * @param nanos a monotonic clock
     */
    Balancer(int begin, LongSupplier nanos) {
        this.next = begin & 0xffff;
        this.nanos = nanos;
    }

    synchronized void use(Frontend frontend) {
        endpoints = frontend.endpoints();
        affinity = frontend.affinity();
        long now = nanos.getAsLong();
        stays.values().removeIf(stay -> !endpoints.contains(stay.endpoint()) || stay.untilNanos() - now <= 0);
    }

    /** The endpoint for a new connection of a client; empty if there is none. */
    synchronized Optional<InetSocketAddress> choose(InetAddress client) {
        if (endpoints.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(affinity.map(time -> chooseFor(client, time)).orElseGet(this::chooseNext));
    }

    private InetSocketAddress chooseFor(InetAddress client, Duration time) {
        long now = nanos.getAsLong();
        Stay stay = stays.get(client);
        InetSocketAddress endpoint = stay != null && stay.untilNanos() - now > 0 ? stay.endpoint() : chooseNext();
        stays.put(client, new Stay(endpoint, now + time.toNanos()));
        return endpoint;
    }

    private InetSocketAddress chooseNext() {
        next = (next + 1) & Integer.MAX_VALUE;
        return endpoints.get(next % endpoints.size());
    }
}
