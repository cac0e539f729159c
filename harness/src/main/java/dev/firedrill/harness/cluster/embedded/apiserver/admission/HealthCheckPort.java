package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The port at which a balancer would ask a node whether it has pods of a Service: one of the node ports, for a Service
 * of type LoadBalancer with local traffic.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/registry/core/service/storage/alloc.go}.
 */
final class HealthCheckPort {
    static final String FIELD = "healthCheckNodePort";

    private HealthCheckPort() {}

    static boolean wanted(JsonNode spec) {
        return Json.textAt(spec, "type").equals("LoadBalancer")
                && Json.textAt(spec, "externalTrafficPolicy").equals("Local");
    }

    /**
     * Takes the port that a Service names, the one that it has, or any; gives up one that it needs no longer.
     *
     * @throws StatusException (500) if the one that it names is taken or none of ours
     */
    static void take(PortPool ports, JsonNode before, ObjectNode spec, Claim claim) {
        int held = (int) Json.longAt(before, 0, FIELD);
        if (!wanted(spec)) {
            if (held != 0) {
                claim.givesUp(() -> ports.free(held));
            }
            return;
        }
        int named = (int) Json.longAt(spec, 0, FIELD);
        if (named != 0 && named != held && (!ports.contains(named) || !ports.take(named))) {
            throw StatusException.internal("failed to allocate requested HealthCheck NodePort " + named + ": "
                    + (ports.contains(named) ? "provided port is already allocated" : PortPool.OUT_OF_RANGE));
        }
        int port = named != 0 ? named : held != 0 ? held : ports.take();
        if (port != held) {
            claim.took(() -> ports.free(port));
        }
        spec.put(FIELD, port);
    }
}
