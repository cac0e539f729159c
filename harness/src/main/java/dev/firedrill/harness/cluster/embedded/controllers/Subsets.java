package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointAddressBuilder;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.EndpointSubsetBuilder;
import io.fabric8.kubernetes.api.model.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The older form of a Service's endpoints, which does not know those that are about to end. */
final class Subsets {
    private Subsets() {}

    static List<EndpointSubset> of(Service service, List<Backend> backends) {
        boolean portless = service.getSpec().getPorts().isEmpty();
        Map<List<Backend.Port>, List<Backend>> byPorts = backends.stream()
                .filter(backend -> backend.ready() || !backend.terminating())
                .filter(backend -> portless || !backend.ports().isEmpty())
                .collect(Collectors.groupingBy(Backend::ports, LinkedHashMap::new, Collectors.toList()));
        return byPorts.entrySet().stream()
                .map(e -> new EndpointSubsetBuilder()
                        .withAddresses(addresses(e.getValue(), true))
                        .withNotReadyAddresses(addresses(e.getValue(), false))
                        .withPorts(e.getKey().stream().map(Subsets::port).toList())
                        .build())
                .toList();
    }

    private static List<EndpointAddress> addresses(List<Backend> backends, boolean ready) {
        return backends.stream()
                .filter(backend -> backend.ready() == ready)
                .map(backend -> new EndpointAddressBuilder()
                        .withIp(backend.address())
                        .withHostname(backend.hostname().orElse(null))
                        .withNodeName(backend.node().orElse(null))
                        .withTargetRef(backend.pod())
                        .build())
                .toList();
    }

    private static EndpointPort port(Backend.Port port) {
        return new EndpointPortBuilder()
                .withName(port.name())
                .withPort(port.number())
                .withProtocol(port.protocol())
                .withAppProtocol(port.appProtocol())
                .build();
    }
}
