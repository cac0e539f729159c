package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import tools.jackson.databind.JsonNode;

/** Ingresses. */
final class IngressCheck {
    private final Findings findings;

    IngressCheck(Findings findings) {
        this.findings = findings;
    }

    void check(JsonNode spec) {
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
