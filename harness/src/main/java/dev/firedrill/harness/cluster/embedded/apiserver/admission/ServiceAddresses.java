package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gives Services their cluster addresses and node ports, and takes them back. */
final class ServiceAddresses {
    private static final String HEADLESS = "None";

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
        try (Claim claim = new Claim()) {
            takeAddress(kind, service, "", claim);
            takePorts(kind, service, List.of(), claim);
            HealthCheckPort.take(ports, Json.object(), Fill.object(service, "spec"), claim);
            claim.keep();
        }
    }

    /** Takes the address that the Service names, or any; nothing if that is the one that it has. */
    private void takeAddress(ResourceKind kind, ObjectNode service, String held, Claim claim) {
        ObjectNode spec = Fill.object(service, "spec");
        String wanted = Json.textAt(spec, "clusterIP");
        if (wanted.isEmpty()) {
            spec.put("clusterIP", held.isEmpty() ? addresses.take() : held);
        } else if (!wanted.equals(HEADLESS) && !wanted.equals(held) && !addresses.take(wanted)) {
            throw invalid(kind, service, "spec.clusterIPs", "[\"" + wanted + "\"]", refusal(wanted));
        }
        String address = Json.textAt(spec, "clusterIP");
        if (!address.equals(held)) {
            claim.took(() -> addresses.free(address));
        }
        spec.set("clusterIPs", Json.strings(List.of(address)));
        Fill.list(spec, "ipFamilies", List.of("IPv4"));
        Fill.text(spec, "ipFamilyPolicy", "SingleStack");
    }

    /**
     * Allocates what an updated Service needs more than before. What it no longer needs is freed when it is stored.
     *
     * @throws StatusException (422) if an address or port that it names is taken or none of ours
     */
    Claim reallocate(ResourceKind kind, ObjectNode before, ObjectNode after) {
        ObjectNode old = Fill.object(before, "spec");
        ObjectNode spec = Fill.object(after, "spec");
        Claim claim = new Claim();
        try {
            String kept = Json.textAt(old, "clusterIP");
            if (!Json.textAt(spec, "type").equals("ExternalName")) {
                takeAddress(kind, after, kept, claim);
            } else if (!kept.isEmpty()) {
                claim.givesUp(() -> addresses.free(kept));
            }
            inheritPorts(old, spec);
            List<Integer> held = nodePorts(old);
            takePorts(kind, after, held, claim);
            HealthCheckPort.take(ports, old, spec, claim);
            List<Integer> now = nodePorts(spec);
            held.stream().filter(port -> !now.contains(port)).forEach(port -> claim.givesUp(() -> ports.free(port)));
            return claim;
        } catch (RuntimeException refused) {
            claim.close();
            throw refused;
        }
    }

    void free(ObjectNode service) {
        JsonNode spec = service.path("spec");
        addresses.free(Json.textAt(spec, "clusterIP"));
        nodePorts(spec).forEach(ports::free);
        ports.free((int) Json.longAt(spec, 0, HealthCheckPort.FIELD));
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

    private void takePorts(ResourceKind kind, ObjectNode service, List<Integer> held, Claim claim) {
        ObjectNode spec = Fill.object(service, "spec");
        if (!wantsNodePorts(spec)) {
            return;
        }
        ArrayNode all = Json.arrayAt(spec, "ports");
        for (int i = 0; i < all.size(); i++) {
            JsonNode port = all.get(i);
            int wanted = (int) Json.longAt(port, 0, "nodePort");
            if (wanted != 0 && held.contains(wanted)) {
                continue;
            }
            if (wanted != 0 && (!ports.contains(wanted) || !ports.take(wanted))) {
                String why = ports.contains(wanted) ? "provided port is already allocated" : PortPool.OUT_OF_RANGE;
                throw invalid(kind, service, "spec.ports[" + i + "].nodePort", "" + wanted, why);
            }
            int taken = wanted == 0 ? ports.take() : wanted;
            claim.took(() -> ports.free(taken));
            ((ObjectNode) port).put("nodePort", taken);
        }
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
