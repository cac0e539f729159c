package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an EndpointSlice says: endpoints that serve the same ports.
 *
 * @param endpoints at most {@value #MOST}
 */
record SliceContent(List<io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort> ports, List<Endpoint> endpoints) {
    private static final int MOST = 100;

    SliceContent {
        ports = List.copyOf(ports);
        endpoints = List.copyOf(endpoints);
    }

    /** The slices of a Service: one per combination of ports; a single empty one if there is no endpoint. */
    static List<SliceContent> of(List<Backend> backends) {
        Map<List<Backend.Port>, List<Endpoint>> byPorts = new LinkedHashMap<>();
        for (Backend backend : backends) {
            byPorts.computeIfAbsent(backend.ports(), p -> new ArrayList<>()).add(endpoint(backend));
        }
        List<SliceContent> slices = new ArrayList<>();
        byPorts.forEach((ports, endpoints) ->
                addChunks(slices, ports.stream().map(SliceContent::port).toList(), endpoints));
        return slices.isEmpty() ? List.of(new SliceContent(List.of(), List.of())) : slices;
    }

    /** The slices that say the same as an Endpoints object that somebody keeps by hand. */
    static List<SliceContent> mirrored(Endpoints endpoints) {
        List<SliceContent> slices = new ArrayList<>();
        for (EndpointSubset subset : endpoints.getSubsets()) {
            List<Endpoint> all = new ArrayList<>();
            subset.getAddresses().forEach(address -> all.add(mirrored(address, true)));
            subset.getNotReadyAddresses().forEach(address -> all.add(mirrored(address, false)));
            addChunks(
                    slices,
                    subset.getPorts().stream().map(SliceContent::mirrored).toList(),
                    all);
        }
        return slices;
    }

    private static void addChunks(
            List<SliceContent> slices,
            List<io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort> ports,
            List<Endpoint> endpoints) {
        for (int from = 0; from < endpoints.size(); from += MOST) {
            int to = Math.min(endpoints.size(), from + MOST);
            slices.add(new SliceContent(ports, endpoints.subList(from, to)));
        }
    }

    private static Endpoint endpoint(Backend backend) {
        return new EndpointBuilder()
                .withAddresses(backend.address())
                .withNewConditions(backend.ready(), backend.serving(), backend.terminating())
                .withHostname(backend.hostname().orElse(null))
                .withNodeName(backend.node().orElse(null))
                .withTargetRef(backend.pod())
                .build();
    }

    private static Endpoint mirrored(EndpointAddress address, boolean ready) {
        return new EndpointBuilder()
                .withAddresses(address.getIp())
                .withNewConditions()
                .withReady(ready)
                .endConditions()
                .withHostname(address.getHostname())
                .withNodeName(address.getNodeName())
                .withTargetRef(address.getTargetRef())
                .build();
    }

    private static io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort port(Backend.Port port) {
        return new io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder()
                .withName(port.name() == null ? "" : port.name())
                .withPort(port.number())
                .withProtocol(port.protocol())
                .withAppProtocol(port.appProtocol())
                .build();
    }

    private static io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort mirrored(EndpointPort port) {
        return new io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder()
                .withName(port.getName() == null ? "" : port.getName())
                .withPort(port.getPort())
                .withProtocol(port.getProtocol())
                .withAppProtocol(port.getAppProtocol())
                .build();
    }
}
