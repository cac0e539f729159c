package dev.firedrill.harness.cluster.embedded.apiserver.table;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.SelectorText;
import java.util.List;
import java.util.Map;

/** The columns of Services, endpoints and Ingresses. */
final class NetworkColumns {
    private NetworkColumns() {}

    static Map<String, List<Column>> all() {
        return Map.of(
                "services",
                List.of(
                        Column.NAME,
                        Column.text("Type", "spec", "type"),
                        Column.textOr("<none>", "Cluster-IP", "spec", "clusterIP"),
                        Column.text("External-IP", Texts::externalAddress),
                        Column.text("Port(s)", Texts::ports),
                        Column.AGE,
                        Column.text("Selector", Texts::selector).whenWide()),
                "endpoints",
                List.of(Column.NAME, Column.text("Endpoints", Texts::endpoints), Column.AGE),
                "endpointslices.discovery.k8s.io",
                List.of(
                        Column.NAME,
                        Column.text("AddressType", "addressType"),
                        Column.text("Ports", Texts::slicePorts),
                        Column.text("Endpoints", Texts::sliceEndpoints),
                        Column.AGE),
                "ingresses.networking.k8s.io",
                List.of(
                        Column.NAME,
                        Column.textOr("<none>", "Class", "spec", "ingressClassName"),
                        Column.text("Hosts", Texts::hosts),
                        Column.text("Address", Texts::balancer),
                        Column.text("Ports", Texts::ingressPorts),
                        Column.AGE),
                "ingressclasses.networking.k8s.io",
                List.of(
                        Column.NAME,
                        Column.text("Controller", "spec", "controller"),
                        Column.textOr("<none>", "Parameters", "spec", "parameters", "name"),
                        Column.AGE),
                "networkpolicies.networking.k8s.io",
                List.of(
                        Column.NAME,
                        Column.text(
                                "Pod-Selector",
                                policy -> Texts.orNone(
                                        SelectorText.of(policy.path("spec").path("podSelector")))),
                        Column.AGE),
                "leases.coordination.k8s.io",
                List.of(
                        Column.NAME,
                        Column.text("Holder", lease -> Json.textAt(lease, "spec", "holderIdentity")),
                        Column.AGE));
    }
}
