package dev.firedrill.harness.cluster.embedded.proxy;

import dev.firedrill.harness.cluster.SliceReads;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One port of a Service: where clients connect, and which endpoints stand behind it.
 *
 * @param address the cluster IP and the Service's port
 * @param protocol TCP; others are not served
 * @param endpoints those that get new connections, in a stable order: the ready ones, or, if there is none, those
 *     that are about to end but still serve
 * @param affinity for how long after its last connection a client is sent to the same endpoint; empty if it is not
 */
record Frontend(
        InetSocketAddress address, String protocol, List<InetSocketAddress> endpoints, Optional<Duration> affinity) {
    private static final int THREE_HOURS = 10_800;

    Frontend {
        endpoints = List.copyOf(endpoints);
    }

    /** The ports of a Service; none if it has no address of its own. */
    static List<Frontend> of(Service service, Collection<EndpointSlice> slices) {
        String ip = service.getSpec().getClusterIP();
        if (ip == null
                || ip.isEmpty()
                || "None".equals(ip)
                || "ExternalName".equals(service.getSpec().getType())) {
            return List.of();
        }
        List<Frontend> all = new ArrayList<>();
        for (ServicePort port : service.getSpec().getPorts()) {
            all.add(new Frontend(
                    new InetSocketAddress(ip, port.getPort()),
                    Objects.requireNonNullElse(port.getProtocol(), "TCP"),
                    endpoints(Objects.requireNonNullElse(port.getName(), ""), slices),
                    affinity(service)));
        }
        return all;
    }

    private static List<InetSocketAddress> endpoints(String port, Collection<EndpointSlice> slices) {
        List<InetSocketAddress> ready = endpoints(port, slices, c -> !Boolean.FALSE.equals(c.getReady()));
        return ready.isEmpty()
                ? endpoints(
                        port,
                        slices,
                        c -> Boolean.TRUE.equals(c.getServing()) && Boolean.TRUE.equals(c.getTerminating()))
                : ready;
    }

    private static List<InetSocketAddress> endpoints(
            String port, Collection<EndpointSlice> slices, Predicate<EndpointConditions> wanted) {
        TreeMap<String, InetSocketAddress> found = new TreeMap<>();
        for (EndpointSlice slice : slices) {
            for (EndpointPort at : SliceReads.ports(slice)) {
                if (at.getPort() != null && port.equals(Objects.requireNonNullElse(at.getName(), ""))) {
                    SliceReads.endpoints(slice).stream()
                            .filter(endpoint -> wanted.test(conditions(endpoint)))
                            .flatMap(endpoint -> endpoint.getAddresses().stream())
                            .forEach(ip -> found.put(ip + ":" + at.getPort(), new InetSocketAddress(ip, at.getPort())));
                }
            }
        }
        return List.copyOf(found.values());
    }

    private static EndpointConditions conditions(Endpoint endpoint) {
        return Objects.requireNonNullElseGet(endpoint.getConditions(), EndpointConditions::new);
    }

    private static Optional<Duration> affinity(Service service) {
        if (!"ClientIP".equals(service.getSpec().getSessionAffinity())) {
            return Optional.empty();
        }
        var config = service.getSpec().getSessionAffinityConfig();
        Integer seconds = config == null || config.getClientIP() == null
                ? null
                : config.getClientIP().getTimeoutSeconds();
        return Optional.of(Duration.ofSeconds(Objects.requireNonNullElse(seconds, THREE_HOURS)));
    }

    boolean isTcp() {
        return protocol.equals("TCP");
    }

    /** Whether the endpoint itself listens where clients connect: nothing is left to do then. */
    boolean isItsOwnEndpoint() {
        return endpoints.contains(address);
    }
}
