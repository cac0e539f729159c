package dev.firedrill.benchmarks.kill;

import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultCatalogue;
import java.util.List;
import java.util.Map;

/** One of each fault that the shop can bear beside another, aimed at different parts of it. */
final class ShopFaults {
    private ShopFaults() {}

    static List<Fault> all() {
        return List.of(
                fault("broken-service", Map.of("service", "ingress-internal", "port", 8081)),
                fault("deleted-service", Map.of("service", "api", "port", 8080)),
                fault("misdirected-service", Map.of("service", "dashboard", "selector", Map.of("app", "api"))),
                fault(
                        "wrong-config-value",
                        Map.of(
                                "configMap",
                                "ingress-class-internal",
                                "key",
                                "upstream-domain",
                                "value",
                                "svc.cluster.internal")),
                fault("rotated-secret", Map.of("secret", "api-internal-token", "key", "token")),
                fault("pod-restart", Map.of("selector", Map.of("role", "standby"))),
                fault("pod-kill", Map.of("selector", Map.of("app", "monitor"))),
                fault("scaled-down", Map.of("deployment", "monitor")),
                fault("bad-image", Map.of("deployment", "dashboard")),
                fault("crash-loop", Map.of("deployment", "api")),
                fault("readiness-lie", Map.of("deployment", "api")));
    }

    private static Fault fault(String kind, Map<String, Object> parameters) {
        return FaultCatalogue.standard().kind(kind).make(parameters);
    }
}
