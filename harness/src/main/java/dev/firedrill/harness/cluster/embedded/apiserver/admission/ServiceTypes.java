package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a Service loses with its type, unless its author has just said it anew.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/registry/core/service/strategy.go}.
 */
final class ServiceTypes {
    private static final Set<String> EXPOSED = Set.of("NodePort", "LoadBalancer");
    private static final List<String> OF_EXPOSED = List.of("externalTrafficPolicy");
    private static final List<String> OF_BALANCED = List.of("allocateLoadBalancerNodePorts", "loadBalancerClass");
    private static final List<String> OF_ADDRESSED =
            List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy");

    private ServiceTypes() {}

    /** Takes away what belongs to the type that the Service no longer has, in place. */
    static void drop(JsonNode before, ObjectNode after) {
        String old = Json.textAt(before, "type");
        String now = Json.textAt(after, "type");
        if (EXPOSED.contains(old) && !EXPOSED.contains(now)) {
            dropSame(OF_EXPOSED, before, after);
            dropNodePorts(before, after);
        }
        if (HealthCheckPort.wanted(before) && !HealthCheckPort.wanted(after)) {
            dropSame(List.of(HealthCheckPort.FIELD), before, after);
        }
        if (old.equals("LoadBalancer") && !now.equals("LoadBalancer")) {
            dropSame(OF_BALANCED, before, after);
        }
        if (!old.equals("ExternalName") && now.equals("ExternalName")) {
            dropSame(OF_ADDRESSED, before, after);
        }
    }

    private static void dropSame(List<String> fields, JsonNode before, ObjectNode after) {
        fields.stream()
                .filter(field -> Objects.equals(before.get(field), after.get(field)))
                .forEach(after::remove);
    }

    private static void dropNodePorts(JsonNode before, ObjectNode after) {
        List<JsonNode> old = nodePorts(before);
        if (old.equals(nodePorts(after))) {
            Fill.each(after, "ports", port -> port.remove("nodePort"));
        }
    }

    private static List<JsonNode> nodePorts(JsonNode spec) {
        return Json.arrayAt(spec, "ports")
                .valueStream()
                .map(port -> port.path("nodePort"))
                .toList();
    }
}
