package dev.firedrill.benchmarks.faults;

import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultCatalogue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Faults aimed at the shop, one of each kind. */
public final class ShopFaults {
    private ShopFaults() {}

    /** Those that it can bear beside another, aimed at different parts of it. */
    public static List<Fault> sideBySide() {
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

    /** Every kind of the catalogue that breaks the shop when it is injected by itself, or can be planted in it. */
    static List<Fault> alone() {
        List<Fault> all = new ArrayList<>(sideBySide());
        all.addAll(List.of(
                fault("pod-eviction", Map.of("selector", Map.of("role", "standby"))),
                fault("container-kill", Map.of("selector", Map.of("app", "monitor"))),
                fault("container-freeze", Map.of("selector", Map.of("app", "api"))),
                fault("rolling-restart", Map.of("deployment", "api")),
                fault(
                        "changed-environment",
                        Map.of("deployment", "api", "variable", "DATA_DIR", "value", "/data/other")),
                fault(
                        "wrong-endpoint-address",
                        Map.of(
                                "configMap", "dashboard-config",
                                "key", "dashboard.yaml",
                                "address", "ingress-internal:8081",
                                "wrong", "ingress-internal:8082",
                                "url", "http://dashboard:8080/data/users")),
                fault("pinned-service", Map.of("service", "ingress-internal")),
                fault(
                        "controller-resync",
                        Map.of(
                                "configMap", "ingress-controller",
                                "request", "ingress.firedrill.dev/resync-requested-at",
                                "answer", "ingress.firedrill.dev/resynced-at")),
                fault("wrong-backend", route(Map.of("service", "dashboard", "port", 8080))),
                fault("wrong-host", route(Map.of("becomes", "api.example.org"))),
                link()));
        return all;
    }

    /** A Toxiproxy before the shop's API that does nothing yet. */
    static Fault link() {
        return fault("proxied-link", Map.of("service", "api", "port", 8080));
    }

    /** Every kind of toxic, on that link. */
    static List<Fault> toxics() {
        Map<String, Object> link = Map.of("service", "api", "port", 8080, "path", "/v1/status");
        return List.of(
                fault("latency", with(link, Map.of("latency", "100ms"))),
                fault("bandwidth", with(link, Map.of("rate", "100KB/s", "direction", "upstream"))),
                fault("slicer", with(link, Map.of("size", "1KB", "pause", "10ms", "direction", "upstream"))),
                fault("slow-close", with(link, Map.of("delay", "100ms"))),
                fault("timeout", with(link, Map.of("after", "100ms"))),
                fault("reset", link),
                fault("limit-data", with(link, Map.of("bytes", "10B"))),
                fault("down", link));
    }

    private static Map<String, Object> route(Map<String, Object> wrong) {
        return with(Map.of("ingress", "api", "host", "api.example.com", "url", "http://ingress:8080/v1/status"), wrong);
    }

    private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(some);
        all.putAll(more);
        return all;
    }

    private static Fault fault(String kind, Map<String, Object> parameters) {
        return FaultCatalogue.standard().kind(kind).make(parameters);
    }
}
