package dev.firedrill.harness.cluster.embedded.proxy;

import dev.firedrill.harness.cluster.SliceReads;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The names that programs of a namespace resolve, as a hosts file. A Service of the own namespace goes by four names,
 * from {@code api} to {@code api.shop.svc.cluster.local}, others by the three with their namespace. A headless
 * Service resolves to its ready pods; one of type ExternalName does not resolve.
 * <p>Source: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
 */
final class HostsFile {
    /** A Service's addresses, with the name of a pod below it if it has one. */
    private record Entry(String namespace, String name, String address) {}

    private static final String DOMAIN = "cluster.local";

    private final List<Entry> entries = new ArrayList<>();

    /** The names that follow from these Services. */
    HostsFile(Collection<Service> services, Collection<EndpointSlice> slices) {
        for (Service service : services) {
            String namespace = service.getMetadata().getNamespace();
            String name = service.getMetadata().getName();
            String address = service.getSpec().getClusterIP();
            if ("None".equals(address)) {
                slices.stream()
                        .filter(slice -> isOf(slice, namespace, name))
                        .forEach(slice -> addPods(namespace, name, slice));
            } else if (address != null && !address.isEmpty()) {
                entries.add(new Entry(namespace, name, address));
            }
        }
        entries.sort(Comparator.comparing(Entry::namespace)
                .thenComparing(Entry::name)
                .thenComparing(Entry::address));
    }

    private static boolean isOf(EndpointSlice slice, String namespace, String service) {
        return namespace.equals(slice.getMetadata().getNamespace())
                && service.equals(slice.getMetadata().getLabels().get("kubernetes.io/service-name"));
    }

    private void addPods(String namespace, String service, EndpointSlice slice) {
        for (Endpoint endpoint : SliceReads.endpoints(slice)) {
            boolean ready = endpoint.getConditions() == null
                    || !Boolean.FALSE.equals(endpoint.getConditions().getReady());
            if (ready) {
                endpoint.getAddresses().forEach(ip -> {
                    entries.add(new Entry(namespace, service, ip));
                    String host = Objects.requireNonNullElse(endpoint.getHostname(), "");
                    if (!host.isEmpty()) {
                        entries.add(new Entry(namespace, host + "." + service, ip));
                    }
                });
            }
        }
    }

    /** The file as programs of this namespace see it. */
    String render(String namespace) {
        StringBuilder text = new StringBuilder("127.0.0.1 localhost\n");
        for (Entry entry : entries) {
            String full = entry.name() + "." + entry.namespace();
            text.append(entry.address()).append(' ');
            if (entry.namespace().equals(namespace)) {
                text.append(entry.name()).append(' ');
            }
            text.append(full).append(' ').append(full).append(".svc ");
            text.append(full).append(".svc.").append(DOMAIN).append('\n');
        }
        return text.toString();
    }
}
