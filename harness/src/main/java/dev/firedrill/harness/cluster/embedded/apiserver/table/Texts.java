package dev.firedrill.harness.cluster.embedded.apiserver.table;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.SelectorText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Longer texts in cells: lists of ports, addresses, images. */
final class Texts {
    private static final int MOST_ENDPOINTS = 3;
    private static final String NONE = "<none>";

    private Texts() {}

    static String orNone(String text) {
        return text.isEmpty() ? NONE : text;
    }

    static String selector(JsonNode object) {
        return orNone(SelectorText.of(object.path("spec").path("selector")));
    }

    static String labels(JsonNode labels) {
        return orNone(labels.properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asString(""))
                .sorted()
                .collect(Collectors.joining(",")));
    }

    /** One field of each item of a list. */
    static String join(JsonNode list, String field) {
        List<String> values = new ArrayList<>();
        list.forEach(item -> values.add(Json.textAt(item, field)));
        return String.join(",", values);
    }

    static String ports(JsonNode service) {
        List<String> ports = new ArrayList<>();
        for (JsonNode port : Json.arrayAt(service, "spec", "ports")) {
            String node = Json.textAt(port, "nodePort");
            ports.add(Json.textAt(port, "port") + (node.isEmpty() ? "" : ":" + node) + "/"
                    + Json.textAt(port, "protocol"));
        }
        return orNone(String.join(",", ports));
    }

    static String externalAddress(JsonNode service) {
        String type = Json.textAt(service, "spec", "type");
        if (type.equals("ExternalName")) {
            return Json.textAt(service, "spec", "externalName");
        }
        String ips = String.join(
                ",",
                Json.arrayAt(service, "spec", "externalIPs")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList());
        String balancer = balancer(service);
        if (type.equals("LoadBalancer")) {
            return balancer.isEmpty() ? ips.isEmpty() ? "<pending>" : ips : balancer;
        }
        return orNone(ips);
    }

    /** The addresses of a load balancer in a status. */
    static String balancer(JsonNode object) {
        List<String> addresses = new ArrayList<>();
        for (JsonNode ingress : Json.arrayAt(object, "status", "loadBalancer", "ingress")) {
            String ip = Json.textAt(ingress, "ip");
            addresses.add(ip.isEmpty() ? Json.textAt(ingress, "hostname") : ip);
        }
        return String.join(",", addresses);
    }

    static String endpoints(JsonNode endpoints) {
        List<String> all = new ArrayList<>();
        for (JsonNode subset : Json.arrayAt(endpoints, "subsets")) {
            for (JsonNode address : Json.arrayAt(subset, "addresses")) {
                for (JsonNode port : Json.arrayAt(subset, "ports")) {
                    all.add(Json.textAt(address, "ip") + ":" + Json.textAt(port, "port"));
                }
            }
        }
        return orNone(few(all));
    }

    static String sliceEndpoints(JsonNode slice) {
        List<String> all = new ArrayList<>();
        for (JsonNode endpoint : Json.arrayAt(slice, "endpoints")) {
            Json.arrayAt(endpoint, "addresses").forEach(address -> all.add(address.asString()));
        }
        return all.isEmpty() ? "<unset>" : few(all);
    }

    static String slicePorts(JsonNode slice) {
        String ports = join(Json.arrayAt(slice, "ports"), "port");
        return ports.isEmpty() ? "<unset>" : ports;
    }

    private static String few(List<String> all) {
        if (all.size() <= MOST_ENDPOINTS) {
            return String.join(",", all);
        }
        return String.join(",", all.subList(0, MOST_ENDPOINTS)) + " + " + (all.size() - MOST_ENDPOINTS) + " more...";
    }

    static String hosts(JsonNode ingress) {
        String hosts = join(Json.arrayAt(ingress, "spec", "rules"), "host");
        return hosts.isEmpty() ? "*" : hosts;
    }

    static String ingressPorts(JsonNode ingress) {
        return Json.arrayAt(ingress, "spec", "tls").isEmpty() ? "80" : "80, 443";
    }
}
