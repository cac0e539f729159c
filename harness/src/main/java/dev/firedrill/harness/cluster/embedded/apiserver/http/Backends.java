package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.FieldSelector;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.LabelSelector;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.Selection;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.ObjectStore;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;

/** Finds the address behind a node, a pod or a Service. */
final class Backends {
    private static final ResourceKind NODES = KindTable.of("", "nodes");
    private static final ResourceKind PODS = KindTable.of("", "pods");
    private static final ResourceKind SERVICES = KindTable.of("", "services");
    private static final ResourceKind SLICES = KindTable.of("discovery.k8s.io", "endpointslices");
    private static final int HTTP = 80;
    private static final Set<String> SCHEMES = Set.of("", "http", "https");

    private final ObjectStore store;

    Backends(ObjectStore store) {
        this.store = store;
    }

    StoredObject pod(String namespace, String name) {
        return store.get(PODS, namespace, name).orElseThrow(() -> StatusException.notFound(PODS, name));
    }

    /**
     * The kubelet of a node.
     *
     * @throws StatusException (503) if the node is unknown or does not say where its kubelet is
     */
    InetSocketAddress kubelet(String node) {
        JsonNode tree = store.get(NODES, "", node)
                .orElseThrow(() -> StatusException.unavailable("node " + node + " is unknown"))
                .tree();
        long port = Json.longAt(tree, 0, "status", "daemonEndpoints", "kubeletEndpoint", "Port");
        for (JsonNode address : Json.arrayAt(tree, "status", "addresses")) {
            if (Json.textAt(address, "type").equals("InternalIP") && port > 0) {
                return new InetSocketAddress(Json.textAt(address, "address"), (int) port);
            }
        }
        throw StatusException.unavailable("node " + node + " does not say where its kubelet listens");
    }

    /**
     * A pod's address from {@code [scheme:]name[:port]}.
     *
     * @throws StatusException 404, or 503 if the pod has no address
     */
    Backend podTarget(String namespace, String target) {
        Target parts = Target.parse(target, "pod");
        JsonNode pod = pod(namespace, parts.name()).tree();
        String ip = Json.textAt(pod, "status", "podIP");
        if (ip.isEmpty()) {
            throw StatusException.unavailable("address not allowed: pod " + parts.name() + " has no address");
        }
        int port = parts.port().isEmpty() ? firstPort(pod) : Target.number(parts.port());
        return new Backend(new InetSocketAddress(ip, port), parts.secure());
    }

    private static int firstPort(JsonNode pod) {
        for (JsonNode container : Json.arrayAt(pod, "spec", "containers")) {
            for (JsonNode port : Json.arrayAt(container, "ports")) {
                return (int) Json.longAt(port, HTTP, "containerPort");
            }
        }
        return HTTP;
    }

    /**
     * A ready endpoint of a Service from {@code [scheme:]name[:port]}.
     *
     * @throws StatusException 404, or 503 if there is no ready endpoint
     */
    Backend serviceTarget(String namespace, String target) {
        Target parts = Target.parse(target, "service");
        JsonNode service = store.get(SERVICES, namespace, parts.name())
                .orElseThrow(() -> StatusException.notFound(SERVICES, parts.name()))
                .tree();
        String portName = portName(service, parts.port());
        List<InetSocketAddress> ready = ready(namespace, parts.name(), portName);
        if (ready.isEmpty()) {
            throw StatusException.unavailable("no endpoints available for service \"" + target + "\"");
        }
        return new Backend(ready.get(ThreadLocalRandom.current().nextInt(ready.size())), parts.secure());
    }

    private static String portName(JsonNode service, String wanted) {
        for (JsonNode port : Json.arrayAt(service, "spec", "ports")) {
            String name = Json.textAt(port, "name");
            if (wanted.isEmpty() || wanted.equals(name) || wanted.equals(Json.textAt(port, "port"))) {
                return name;
            }
        }
        throw StatusException.unavailable("no service port \"%s\" found for service \"%s\""
                .formatted(wanted, Json.textAt(service, "metadata", "name")));
    }

    private List<InetSocketAddress> ready(String namespace, String service, String portName) {
        Selection ofService =
                new Selection(LabelSelector.parse("kubernetes.io/service-name=" + service), FieldSelector.EVERYTHING);
        List<InetSocketAddress> found = new ArrayList<>();
        for (StoredObject stored : store.list(SLICES, namespace, ofService).objects()) {
            JsonNode slice = stored.tree();
            for (JsonNode port : Json.arrayAt(slice, "ports")) {
                if (Json.textAt(port, "name").equals(portName)) {
                    addReady(slice, (int) Json.longAt(port, 0, "port"), found);
                }
            }
        }
        return found;
    }

    private static void addReady(JsonNode slice, int port, List<InetSocketAddress> found) {
        for (JsonNode endpoint : Json.arrayAt(slice, "endpoints")) {
            if (endpoint.path("conditions").path("ready").asBoolean(true)) {
                Json.arrayAt(endpoint, "addresses")
                        .forEach(address -> found.add(new InetSocketAddress(address.asString(), port)));
            }
        }
    }

    /**
     * Who answers a proxied request.
     *
     * @param secure whether it speaks TLS
     */
    record Backend(InetSocketAddress address, boolean secure) {}

    /** The parts of {@code [scheme:]name[:port]}. */
    private record Target(String scheme, String name, String port) {
        static Target parse(String text, String kind) {
            String[] parts = text.split(":", -1);
            Target target =
                    switch (parts.length) {
                        case 1 -> new Target("", parts[0], "");
                        case 2 -> new Target("", parts[0], parts[1]);
                        case 3 -> new Target(parts[0], parts[1], parts[2]);
                        default -> new Target("", "", "");
                    };
            if (target.name().isEmpty() || !SCHEMES.contains(target.scheme())) {
                throw StatusException.badRequest("invalid " + kind + " request \"" + text + "\"");
            }
            return target;
        }

        boolean secure() {
            return scheme.equals("https");
        }

        static int number(String port) {
            if (!port.matches("\\d{1,5}")) {
                throw StatusException.badRequest("invalid port \"" + port + "\"");
            }
            return Integer.parseInt(port);
        }
    }
}
