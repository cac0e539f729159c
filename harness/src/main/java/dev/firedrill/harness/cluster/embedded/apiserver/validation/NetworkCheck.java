package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Services, EndpointSlices and Ingresses. */
final class NetworkCheck {
    private final Findings findings;

    NetworkCheck(Findings findings) {
        this.findings = findings;
    }

    void service(JsonNode spec) {
        String type = Json.textAt(spec, "type");
        Checks.oneOf(findings, "spec.type", type, "ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
        Checks.oneOf(findings, "spec.sessionAffinity", Json.textAt(spec, "sessionAffinity"), "ClientIP", "None");
        Syntax.labels(findings, "spec.selector", spec.path("selector"));
        boolean headless = Json.textAt(spec, "clusterIP").equals("None");
        JsonNode ports = spec.path("ports");
        if (type.equals("ExternalName")) {
            Checks.required(findings, "spec.externalName", Json.textAt(spec, "externalName"));
        } else if (ports.isEmpty() && !headless) {
            findings.required("spec.ports", "");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            servicePort(ports.get(i), "spec.ports[" + i + "]", ports.size() > 1, seen);
        }
        Checks.unique(findings, ports, "spec.ports", "name");
    }

    private void servicePort(JsonNode port, String path, boolean named, Set<String> seen) {
        String name = Json.textAt(port, "name");
        if (name.isEmpty() && named) {
            findings.required(path + ".name", "");
        } else if (!name.isEmpty()) {
            Syntax.dnsLabel(findings, path + ".name", name);
        }
        Checks.port(findings, path + ".port", port.get("port"));
        JsonNode target = port.get("targetPort");
        if (target != null && target.isIntegralNumber()) {
            Checks.port(findings, path + ".targetPort", target);
        }
        String protocol = Json.textAt(port, "protocol");
        Checks.oneOf(findings, path + ".protocol", protocol, "SCTP", "TCP", "UDP");
        if (!seen.add(protocol + "/" + Json.textAt(port, "port"))) {
            findings.duplicate(path, Json.object().put("protocol", protocol).set("port", port.path("port")));
        }
    }

    void serviceUpdate(JsonNode before, JsonNode after) {
        String old = Json.textAt(before, "clusterIP");
        String now = Json.textAt(after, "clusterIP");
        boolean external = Json.textAt(after, "type").equals("ExternalName");
        if (!old.isEmpty() && !now.isEmpty() && !external && !old.equals(now)) {
            findings.invalid("spec.clusterIPs[0]", Json.strings(List.of(now)), "may not change once set");
        }
    }

    void endpointSlice(JsonNode slice) {
        String type = Json.textAt(slice, "addressType");
        if (type.isEmpty()) {
            findings.required("addressType", "");
        }
        Checks.oneOf(findings, "addressType", type, "FQDN", "IPv4", "IPv6");
        JsonNode endpoints = slice.path("endpoints");
        for (int i = 0; i < endpoints.size(); i++) {
            if (endpoints.get(i).path("addresses").isEmpty()) {
                findings.required("endpoints[" + i + "].addresses", "must contain at least 1 address");
            }
        }
    }

    void ingress(JsonNode spec) {
        if (spec.path("rules").isEmpty() && !spec.has("defaultBackend")) {
            findings.invalid("spec", spec, "either `defaultBackend` or `rules` must be specified");
        }
        if (spec.has("defaultBackend")) {
            backend(spec.path("defaultBackend"), "spec.defaultBackend");
        }
        JsonNode rules = spec.path("rules");
        for (int i = 0; i < rules.size(); i++) {
            String host = Json.textAt(rules.get(i), "host");
            if (!host.isEmpty() && !host.startsWith("*.")) {
                Syntax.dnsName(findings, "spec.rules[" + i + "].host", host);
            }
            JsonNode paths = rules.get(i).path("http").path("paths");
            if (rules.get(i).has("http") && paths.isEmpty()) {
                findings.required("spec.rules[" + i + "].http.paths", "");
            }
            for (int j = 0; j < paths.size(); j++) {
                ingressPath(paths.get(j), "spec.rules[" + i + "].http.paths[" + j + "]");
            }
        }
    }

    private void ingressPath(JsonNode rule, String path) {
        String type = Json.textAt(rule, "pathType");
        if (type.isEmpty()) {
            findings.required(path + ".pathType", "pathType must be specified");
        }
        Checks.oneOf(findings, path + ".pathType", type, "Exact", "ImplementationSpecific", "Prefix");
        String prefix = Json.textAt(rule, "path");
        if ((type.equals("Exact") || type.equals("Prefix")) && !prefix.startsWith("/")) {
            findings.invalid(path + ".path", Json.string(prefix), "must be an absolute path");
        }
        backend(rule.path("backend"), path + ".backend");
    }

    private void backend(JsonNode backend, String path) {
        if (!backend.has("service") && !backend.has("resource")) {
            findings.required(path, "must specify either a service or a resource backend");
            return;
        }
        if (backend.has("service")) {
            Checks.required(findings, path + ".service.name", Json.textAt(backend, "service", "name"));
            JsonNode port = backend.path("service").path("port");
            if (!port.has("number") && Json.textAt(port, "name").isEmpty()) {
                findings.required(path + ".service.port", "port name or number is required");
            } else if (port.has("number")) {
                Checks.port(findings, path + ".service.port.number", port.get("number"));
            }
        }
    }
}
