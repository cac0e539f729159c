package dev.firedrill.harness.incident;

import dev.firedrill.harness.agent.AgentDeployment;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Spelling;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The objects that a system's manifests declare, by kind and name. What is not there is bad input, before anything is
 * started.
 */
final class SystemObjects {
    /** The Services that the harness itself puts beside every system. */
    private static final Set<String> HARNESS = Set.of(AgentDeployment.NAME, AgentDeployment.PAGER);

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final List<HasMetadata> objects;

    SystemObjects(List<HasMetadata> objects) {
        this.objects = List.copyOf(objects);
    }

    /**
     * An object.
     *
     * @throws ConfigurationException if there is none of this name
     */
    HasMetadata require(String kind, String name) {
        List<HasMetadata> all =
                objects.stream().filter(object -> kind.equals(object.getKind())).toList();
        List<String> names =
                all.stream().map(object -> object.getMetadata().getName()).toList();
        return all.stream()
                .filter(object -> name.equals(object.getMetadata().getName()))
                .findFirst()
                .orElseThrow(() -> missing("the system has no " + kind, name, names));
    }

    /** The same of a kind that is read as its own class. */
    <T extends HasMetadata> T require(Class<T> type, String name) {
        HasMetadata object = require(type.getSimpleName(), name);
        if (!type.isInstance(object)) {
            throw new ConfigurationException(type.getSimpleName() + " " + name + " of the system cannot be read");
        }
        return type.cast(object);
    }

    /**
     * Looks for a port of a Service; one without ports has them all.
     *
     * @throws ConfigurationException if there is no such Service, or it does not have the port
     */
    void requirePort(String service, int port) {
        if (HARNESS.contains(service)) {
            return;
        }
        Service found = require(Service.class, service);
        List<String> ports =
                Optional.ofNullable(found.getSpec()).map(spec -> spec.getPorts()).orElse(List.of()).stream()
                        .map(ServicePort::getPort)
                        .map(String::valueOf)
                        .toList();
        if (!ports.isEmpty() && !ports.contains(String.valueOf(port))) {
            throw missing("Service " + service + " of the system has no port", String.valueOf(port), ports);
        }
    }

    /**
     * Looks for the Service that a URL leads to, if its host is one word: any other host may be anywhere.
     *
     * @throws ConfigurationException if there is no such Service, or it does not have the port
     */
    void requireHost(String url) {
        URI uri = URI.create(url);
        String host = Optional.ofNullable(uri.getHost()).orElse("");
        if (!host.isEmpty() && host.matches("[A-Za-z0-9-]+") && !host.equals("localhost")) {
            int standard = "https".equals(uri.getScheme()) ? HTTPS : HTTP;
            requirePort(host, uri.getPort() < 0 ? standard : uri.getPort());
        }
    }

    /** A complaint that something is not one of those that there are. */
    static ConfigurationException missing(String complaint, String word, Collection<String> allowed) {
        String there = allowed.isEmpty() ? "there is none" : "allowed: " + String.join(", ", allowed);
        return new ConfigurationException(complaint + " \"" + word + "\"; " + there + Spelling.guess(word, allowed));
    }
}
