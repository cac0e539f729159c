package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** EndpointSlices and Ingresses. */
final class NetworkCheck {
    private final Findings findings;

    NetworkCheck(Findings findings) {
        this.findings = findings;
    }

    void endpointSlice(JsonNode slice) {
        String type = Json.textAt(slice, "addressType");
        if (type.isEmpty()) {
            findings.required("addressType", "");
        }
        Checks.oneOf(findings, "addressType", type, "FQDN", "IPv4", "IPv6");
        JsonNode endpoints = slice.path("endpoints");
        for (int i = 0; i < endpoints.size(); i++) {
            JsonNode addresses = endpoints.get(i).path("addresses");
            if (addresses.isEmpty()) {
                findings.required("endpoints[" + i + "].addresses", "must contain at least 1 address");
            }
            for (int j = 0; j < addresses.size(); j++) {
                sliceAddress(type, addresses.get(j).asString(""), "endpoints[" + i + "].addresses[" + j + "]");
            }
        }
    }

    private void sliceAddress(String type, String address, String path) {
        if (type.equals("FQDN")) {
            Syntax.dnsName(findings, path, address);
        } else if (!Syntax.isAddress(address)) {
            Syntax.address(findings, path, address);
        } else if (type.equals("IPv4") && address.contains(":")) {
            findings.invalid(path, Json.string(address), "must be an IPv4 address");
        } else if (type.equals("IPv6") && !address.contains(":")) {
            findings.invalid(path, Json.string(address), "must be an IPv6 address");
        }
    }

    void endpoints(JsonNode subsets) {
        for (int i = 0; i < subsets.size(); i++) {
            for (String list : List.of("addresses", "notReadyAddresses")) {
                JsonNode addresses = subsets.get(i).path(list);
                for (int j = 0; j < addresses.size(); j++) {
                    Syntax.address(
                            findings,
                            "subsets[" + i + "]." + list + "[" + j + "].ip",
                            Json.textAt(addresses.get(j), "ip"));
                }
            }
        }
    }

    void ingress(JsonNode spec) {
        JsonNode rules = spec.path("rules");
        if (rules.isEmpty() && !spec.has("defaultBackend")) {
            findings.invalid("spec", spec.get("rules"), "either `defaultBackend` or `rules` must be specified");
        }
        String ingressClass = Json.textAt(spec, "ingressClassName");
        if (!ingressClass.isEmpty()) {
            Syntax.dnsName(findings, "spec.ingressClassName", ingressClass);
        }
        if (spec.has("defaultBackend")) {
            backend(spec.path("defaultBackend"), "spec.defaultBackend");
        }
        for (int i = 0; i < rules.size(); i++) {
            host(Json.textAt(rules.get(i), "host"), "spec.rules[" + i + "].host");
            JsonNode paths = rules.get(i).path("http").path("paths");
            if (rules.get(i).has("http") && paths.isEmpty()) {
                findings.required("spec.rules[" + i + "].http.paths", "");
            }
            for (int j = 0; j < paths.size(); j++) {
                ingressPath(paths.get(j), "spec.rules[" + i + "].http.paths[" + j + "]");
            }
        }
    }

    private void host(String host, String path) {
        if (Syntax.isAddress(host)) {
            findings.invalid(path, Json.string(host), "must be a DNS name, not an IP address");
        } else if (host.contains("*")) {
            Syntax.wildcardName(findings, path, host);
        } else if (!host.isEmpty()) {
            Syntax.dnsName(findings, path, host);
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
        boolean service = backend.has("service");
        boolean resource = backend.has("resource");
        if (!service && !resource) {
            findings.invalid(path, Json.string(""), "resource or service backend is required");
        } else if (service && resource) {
            findings.invalid(path, Json.string(""), "cannot set both resource and service backends");
        } else if (service) {
            service(backend.path("service"), path);
        }
    }

    private void service(JsonNode service, String path) {
        String name = Json.textAt(service, "name");
        if (name.isEmpty()) {
            findings.required(path + ".service.name", "");
        } else {
            Syntax.dns1035(findings, path + ".service.name", name);
        }
        String portName = Json.textAt(service, "port", "name");
        long number = Json.longAt(service, 0, "port", "number");
        if (!portName.isEmpty() && number != 0) {
            findings.invalid(path, Json.string(""), "cannot set both port name & port number");
        } else if (!portName.isEmpty()) {
            Syntax.portName(findings, path + ".service.port.name", portName);
        } else if (number != 0) {
            Checks.port(findings, path + ".service.port.number", Json.number(number));
        } else {
            findings.required(path, "port name or number is required");
        }
    }
}
