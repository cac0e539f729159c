package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A Service's specification.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/core/validation}.
 */
final class ServiceCheck {
    private static final String HEADLESS = "None";
    private static final long LONGEST_AFFINITY = 86_400;

    private final Findings findings;
    private final JsonNode spec;
    private final String type;

    ServiceCheck(Findings findings, JsonNode spec) {
        this.findings = findings;
        this.spec = spec;
        this.type = Json.textAt(spec, "type");
    }

    void check() {
        String address = Json.textAt(spec, "clusterIP");
        JsonNode ports = spec.path("ports");
        if (type.equals("ExternalName")) {
            externalName(address);
        } else if (ports.isEmpty() && !address.equals(HEADLESS)) {
            findings.required("spec.ports", "");
        }
        for (int i = 0; i < ports.size(); i++) {
            port(ports.get(i), "spec.ports[" + i + "]", ports.size() > 1);
        }
        Checks.unique(findings, ports, "spec.ports", "name");
        Syntax.labels(findings, "spec.selector", spec.path("selector"));
        affinity();
        if (!type.equals("ExternalName")) {
            address(address);
        }
        addresses(spec.path("externalIPs"));
        Checks.oneOf(findings, "spec.type", type, "ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
        distinct(ports);
        policies();
        new ServiceReachCheck(findings, spec).check();
    }

    private void externalName(String address) {
        if (!address.isEmpty() && !address.equals(HEADLESS)) {
            findings.forbidden("spec.clusterIPs", "may not be set for ExternalName services");
        }
        String name = Json.textAt(spec, "externalName");
        if (name.isEmpty()) {
            findings.required("spec.externalName", "");
        } else {
            String undotted = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
            Syntax.dnsName(findings, "spec.externalName", undotted);
        }
    }

    private void port(JsonNode port, String path, boolean named) {
        String name = Json.textAt(port, "name");
        if (name.isEmpty() && named) {
            findings.required(path + ".name", "");
        } else if (!name.isEmpty()) {
            Syntax.dnsLabel(findings, path + ".name", name);
        }
        Checks.port(findings, path + ".port", port.get("port"));
        Checks.oneOf(findings, path + ".protocol", Json.textAt(port, "protocol"), "SCTP", "TCP", "UDP");
        if (port.has("targetPort")) {
            Checks.portOrName(findings, path + ".targetPort", port.get("targetPort"));
        }
        String application = Json.textAt(port, "appProtocol");
        if (!application.isEmpty()) {
            Syntax.qualifiedName(findings, path + ".appProtocol", application);
        }
    }

    private void affinity() {
        Checks.oneOf(findings, "spec.sessionAffinity", Json.textAt(spec, "sessionAffinity"), "ClientIP", HEADLESS);
        long seconds = Json.longAt(spec, 1, "sessionAffinityConfig", "clientIP", "timeoutSeconds");
        if (seconds <= 0 || seconds > LONGEST_AFFINITY) {
            findings.invalid(
                    "spec.sessionAffinityConfig.clientIP.timeoutSeconds",
                    Json.number(seconds),
                    "must be greater than 0 and less than " + LONGEST_AFFINITY);
        }
    }

    private void address(String address) {
        String field = "spec.clusterIPs[0]";
        boolean exposed = type.equals("NodePort") || type.equals("LoadBalancer");
        if (address.equals(HEADLESS) && exposed) {
            findings.invalid(field, Json.string(HEADLESS), "may not be set to 'None' for " + type + " services");
        } else if (!address.isEmpty() && !address.equals(HEADLESS)) {
            Syntax.address(findings, field, address);
        }
    }

    private void addresses(JsonNode external) {
        for (int i = 0; i < external.size(); i++) {
            Syntax.address(
                    findings, "spec.externalIPs[" + i + "]", external.get(i).asString(""));
        }
    }

    private void distinct(JsonNode ports) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            JsonNode port = ports.get(i);
            String path = "spec.ports[" + i + "]";
            String protocol = Json.textAt(port, "protocol");
            if (type.equals("ClusterIP") && Json.longAt(port, 0, "nodePort") != 0) {
                findings.forbidden(path + ".nodePort", "may not be used when `type` is 'ClusterIP'");
            }
            if (!seen.add(protocol + "/" + Json.textAt(port, "port"))) {
                findings.duplicate(path, Json.object().put("protocol", protocol).set("port", port.path("port")));
            }
        }
    }

    private void policies() {
        String external = Json.textAt(spec, "externalTrafficPolicy");
        boolean reachable =
                !type.equals("ClusterIP") || !spec.path("externalIPs").isEmpty();
        if (!external.isEmpty() && (!reachable || type.equals("ExternalName"))) {
            findings.invalid(
                    "spec.externalTrafficPolicy",
                    Json.string(external),
                    "may only be set for externally-accessible services");
        } else {
            Checks.oneOf(findings, "spec.externalTrafficPolicy", external, "Cluster", "Local");
        }
        Checks.oneOf(
                findings, "spec.internalTrafficPolicy", Json.textAt(spec, "internalTrafficPolicy"), "Cluster", "Local");
        if (!type.equals("LoadBalancer")) {
            for (String field : List.of("allocateLoadBalancerNodePorts", "loadBalancerClass")) {
                if (spec.has(field)) {
                    findings.forbidden("spec." + field, "may only be used when `type` is 'LoadBalancer'");
                }
            }
        }
    }

    /** What a new Service says of its addresses must agree. */
    void created() {
        JsonNode all = spec.path("clusterIPs");
        String address = Json.textAt(spec, "clusterIP");
        if (!all.isEmpty() && address.isEmpty()) {
            findings.invalid("spec.clusterIPs", all, "must be empty when `clusterIP` is not specified");
        } else if (!all.isEmpty() && !all.get(0).asString("").equals(address)) {
            findings.invalid("spec.clusterIPs", all, "first value must match `clusterIP`");
        }
    }

    /** The address stays, but for a Service that no longer has one. */
    void update(JsonNode before) {
        String old = Json.textAt(before, "clusterIP");
        String now = Json.textAt(spec, "clusterIP");
        boolean external = type.equals("ExternalName");
        if (!old.isEmpty() && !now.isEmpty() && !external && !old.equals(now)) {
            findings.invalid("spec.clusterIPs[0]", Json.strings(List.of(now)), "may not change once set");
        }
        new ServiceReachCheck(findings, spec).update(before);
    }
}
