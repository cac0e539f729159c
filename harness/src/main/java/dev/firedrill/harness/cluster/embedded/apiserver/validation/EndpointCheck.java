package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Endpoints and EndpointSlices. */
final class EndpointCheck {
    private final Findings findings;

    EndpointCheck(Findings findings) {
        this.findings = findings;
    }

    void endpointSlice(JsonNode slice) {
        String type = Json.textAt(slice, "addressType");
        if (type.isEmpty()) {
            findings.required("addressType", "");
        }
        Checks.oneOf(findings, "addressType", type, "FQDN", "IPv4", "IPv6");
        JsonNode ports = slice.path("ports");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            String name = Json.textAt(ports.get(i), "name");
            if (!names.add(name)) {
                findings.duplicate("ports[" + i + "].name", Json.string(name));
            }
            port(ports.get(i), "ports[" + i + "]");
        }
        JsonNode endpoints = slice.path("endpoints");
        for (int i = 0; i < endpoints.size(); i++) {
            JsonNode addresses = endpoints.get(i).path("addresses");
            if (addresses.isEmpty()) {
                findings.required("endpoints[" + i + "].addresses", "must contain at least 1 address");
            }
            for (int j = 0; j < addresses.size(); j++) {
                sliceAddress(type, addresses.get(j).asString(""), "endpoints[" + i + "].addresses[" + j + "]");
            }
            label(Json.textAt(endpoints.get(i), "hostname"), "endpoints[" + i + "].hostname");
        }
    }

    private void label(String label, String path) {
        if (!label.isEmpty()) {
            Syntax.dnsLabel(findings, path, label);
        }
    }

    private void port(JsonNode port, String path) {
        label(Json.textAt(port, "name"), path + ".name");
        Checks.oneOf(findings, path + ".protocol", Json.textAt(port, "protocol"), "SCTP", "TCP", "UDP");
        String protocol = Json.textAt(port, "appProtocol");
        if (!protocol.isEmpty()) {
            Syntax.qualifiedName(findings, path + ".appProtocol", protocol);
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

    /** Addresses of loopback are taken: pods have them here. */
    void endpoints(JsonNode subsets) {
        for (int i = 0; i < subsets.size(); i++) {
            String subset = "subsets[" + i + "]";
            JsonNode both = subsets.get(i);
            if (both.path("addresses").isEmpty()
                    && both.path("notReadyAddresses").isEmpty()) {
                findings.required(subset, "must specify `addresses` or `notReadyAddresses`");
            }
            for (String list : List.of("addresses", "notReadyAddresses")) {
                JsonNode addresses = both.path(list);
                for (int j = 0; j < addresses.size(); j++) {
                    String path = subset + "." + list + "[" + j + "]";
                    Syntax.address(findings, path + ".ip", Json.textAt(addresses.get(j), "ip"));
                    label(Json.textAt(addresses.get(j), "hostname"), path + ".hostname");
                }
            }
            subsetPorts(both.path("ports"), subset + ".ports");
        }
    }

    private void subsetPorts(JsonNode ports, String path) {
        for (int i = 0; i < ports.size(); i++) {
            String port = path + "[" + i + "]";
            if (ports.size() > 1) {
                Checks.required(findings, port + ".name", Json.textAt(ports.get(i), "name"));
            }
            Checks.port(findings, port + ".port", ports.get(i).get("port"));
            port(ports.get(i), port);
        }
    }
}
