package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * NetworkPolicies.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/networking/validation} (reasons and wording).
 */
final class NetworkPolicyCheck {
    private static final List<String> TYPES = List.of("Ingress", "Egress");

    private final Findings findings;

    NetworkPolicyCheck(Findings findings) {
        this.findings = findings;
    }

    void check(JsonNode spec) {
        rules(spec.path("ingress"), "spec.ingress", "from");
        rules(spec.path("egress"), "spec.egress", "to");
        JsonNode types = spec.path("policyTypes");
        if (types.size() > TYPES.size()) {
            findings.invalid("spec.policyTypes", types, "may not specify more than two policyTypes");
            return;
        }
        for (int i = 0; i < types.size(); i++) {
            String type = types.get(i).asString("");
            if (!TYPES.contains(type)) {
                findings.unsupported("spec.policyTypes[" + i + "]", type, TYPES);
            }
        }
    }

    private void rules(JsonNode rules, String path, String peers) {
        for (int i = 0; i < rules.size(); i++) {
            String rule = path + "[" + i + "]";
            JsonNode ports = rules.get(i).path("ports");
            for (int j = 0; j < ports.size(); j++) {
                port(ports.get(j), rule + ".ports[" + j + "]");
            }
            JsonNode all = rules.get(i).path(peers);
            for (int j = 0; j < all.size(); j++) {
                peer(all.get(j), rule + "." + peers + "[" + j + "]");
            }
        }
    }

    private void port(JsonNode port, String path) {
        Checks.oneOf(findings, path + ".protocol", Json.textAt(port, "protocol"), "TCP", "UDP", "SCTP");
        JsonNode number = port.path("port");
        if (port.has("port")) {
            Checks.portOrName(findings, path + ".port", number);
        }
        if (!port.has("endPort")) {
            return;
        }
        JsonNode last = port.path("endPort");
        if (!port.has("port")) {
            findings.invalid(path + ".endPort", last, "may not be specified when `port` is not specified");
        } else if (number.isString()) {
            findings.invalid(path + ".endPort", last, "may not be specified when `port` is non-numeric");
        } else if (last.asLong(0) < number.asLong(0)) {
            findings.invalid(path + ".endPort", number, "must be greater than or equal to `port`");
        }
    }

    private void peer(JsonNode peer, String path) {
        boolean selects = peer.has("podSelector") || peer.has("namespaceSelector");
        if (peer.has("ipBlock")) {
            block(peer.path("ipBlock"), path + ".ipBlock");
            if (selects) {
                findings.forbidden(path, "may not specify both ipBlock and another peer");
            }
        } else if (!selects) {
            findings.required(path, "must specify a peer");
        }
    }

    private void block(JsonNode block, String path) {
        String cidr = Json.textAt(block, "cidr");
        if (cidr.isEmpty()) {
            findings.required(path + ".cidr", "");
            return;
        }
        if (Cidr.of(cidr).isEmpty()) {
            cidr(path + ".cidr", cidr);
        }
        JsonNode exceptions = block.path("except");
        for (int i = 0; i < exceptions.size(); i++) {
            String exception = exceptions.get(i).asString("");
            String field = path + ".except[" + i + "]";
            if (Cidr.of(exception).isEmpty()) {
                cidr(field, exception);
            } else if (Cidr.of(cidr).isPresent()
                    && !Cidr.of(cidr).orElseThrow().hasWithin(Cidr.of(exception).orElseThrow())) {
                findings.invalid(field, Json.string(exception), "must be a strict subset of `cidr`");
            }
        }
    }

    private void cidr(String field, String value) {
        findings.invalid(field, Json.string(value), "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
    }
}
