package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Gives Services their cluster addresses and node ports, and takes them back. */
final class ServiceAddresses {
    private final AddressPool addresses;
    private final PortPool ports = new PortPool();

    ServiceAddresses(String prefix) {
        addresses = new AddressPool(prefix);
    }

    /**
     * Allocates what a new Service asks for. Whatever was taken is given back by {@link #free} on the same object.
     *
     * @throws StatusException (422) if an address or port that it names is taken or none of ours
     */
    void allocate(ResourceKind kind, ObjectNode service) {
        ObjectNode spec = Fill.object(service, "spec");
        if (Json.textAt(spec, "type").equals("ExternalName")) {
            return;
        }
        String wanted = Json.textAt(spec, "clusterIP");
        if (wanted.isEmpty()) {
            spec.put("clusterIP", addresses.take());
        } else if (!wanted.equals("None") && !addresses.take(wanted)) {
            throw invalid(kind, service, "spec.clusterIPs", "[\"" + wanted + "\"]", refusal(wanted));
        }
        spec.set("clusterIPs", Json.strings(List.of(Json.textAt(spec, "clusterIP"))));
        allocatePorts(kind, service, spec);
    }

    /** Allocates what an updated Service needs more than before, and frees what it no longer needs. */
    void reallocate(ResourceKind kind, ObjectNode before, ObjectNode after) {
        ObjectNode old = Fill.object(before, "spec");
        ObjectNode spec = Fill.object(after, "spec");
        boolean external = Json.textAt(spec, "type").equals("ExternalName");
        if (!external && Json.textAt(spec, "clusterIP").isEmpty()) {
            String kept = Json.textAt(old, "clusterIP");
            spec.put("clusterIP", kept.isEmpty() ? addresses.take() : kept);
        }
        if (!external) {
            spec.set("clusterIPs", Json.strings(List.of(Json.textAt(spec, "clusterIP"))));
        } else if (!Json.textAt(old, "clusterIP").isEmpty()) {
            addresses.free(Json.textAt(old, "clusterIP"));
        }
        inheritPorts(old, spec);
        List<Integer> kept = nodePorts(old);
        List<Integer> now = nodePorts(spec);
        kept.stream().filter(port -> !now.contains(port)).forEach(ports::free);
        allocatePorts(kind, after, spec, kept);
    }

    void free(ObjectNode service) {
        JsonNode spec = service.path("spec");
        addresses.free(Json.textAt(spec, "clusterIP"));
        nodePorts(spec).forEach(ports::free);
    }

    private static void inheritPorts(ObjectNode old, ObjectNode spec) {
        if (!wantsNodePorts(spec)) {
            return;
        }
        Fill.each(spec, "ports", port -> {
            for (JsonNode before : Json.arrayAt(old, "ports")) {
                boolean same = before.path("port").equals(port.path("port"))
                        && before.path("protocol").equals(port.path("protocol"));
                if (same && before.has("nodePort") && !port.has("nodePort")) {
                    port.set("nodePort", before.get("nodePort"));
                }
            }
        });
    }

    private void allocatePorts(ResourceKind kind, ObjectNode service, ObjectNode spec) {
        allocatePorts(kind, service, spec, List.of());
    }

    private void allocatePorts(ResourceKind kind, ObjectNode service, ObjectNode spec, List<Integer> held) {
        if (!wantsNodePorts(spec)) {
            return;
        }
        Fill.each(spec, "ports", port -> {
            int wanted = (int) Json.longAt(port, 0, "nodePort");
            if (wanted == 0) {
                port.put("nodePort", ports.take());
            } else if (!held.contains(wanted) && (!ports.contains(wanted) || !ports.take(wanted))) {
                throw invalid(
                        kind, service, "spec.ports[0].nodePort", "" + wanted, "provided port is already allocated");
            }
        });
    }

    private static boolean wantsNodePorts(JsonNode spec) {
        String type = Json.textAt(spec, "type");
        boolean balancer = type.equals("LoadBalancer")
                && spec.path("allocateLoadBalancerNodePorts").asBoolean(true);
        return type.equals("NodePort") || balancer;
    }

    private static List<Integer> nodePorts(JsonNode spec) {
        List<Integer> found = new ArrayList<>();
        for (JsonNode port : Json.arrayAt(spec, "ports")) {
            int nodePort = (int) Json.longAt(port, 0, "nodePort");
            if (nodePort > 0) {
                found.add(nodePort);
            }
        }
        return found;
    }

    private String refusal(String wanted) {
        return addresses.contains(wanted)
                ? "failed to allocate IP " + wanted + ": provided IP is already allocated"
                : "failed to allocate IP " + wanted + ": the provided IP (" + wanted
                        + ") is not in the valid range. The range of valid IPs is " + addresses.range();
    }

    private static StatusException invalid(
            ResourceKind kind, ObjectNode service, String field, String value, String why) {
        return StatusException.invalid(
                kind, Json.textAt(service, "metadata", "name"), field, "Invalid value: " + value + ": " + why);
    }
}
