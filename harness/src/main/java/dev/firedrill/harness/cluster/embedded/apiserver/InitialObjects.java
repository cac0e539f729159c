package dev.firedrill.harness.cluster.embedded.apiserver;

import dev.firedrill.harness.cluster.embedded.apiserver.admission.Moments;
import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.store.ObjectStore;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is there from the start: the system's namespaces, what names the addresses of Services, the role of those who
 * may do everything, and the Service {@code kubernetes}, whose address and port are the server's own, so that a program
 * in a pod reaches it without a balancer.
 */
final class InitialObjects {
    private static final List<String> NAMESPACES = List.of("default", "kube-node-lease", "kube-public", "kube-system");

    private static final int SYSTEM_PRIORITY = 2_000_000_000;

    private final ObjectStore store;
    private final String now;

    private InitialObjects(ObjectStore store, String now) {
        this.store = store;
        this.now = now;
    }

    static void create(ObjectStore store, String address, int port, Clock clock) {
        InitialObjects objects = new InitialObjects(store, Moments.text(clock.instant()));
        NAMESPACES.forEach(objects::namespace);
        objects.priority(
                "system-cluster-critical", SYSTEM_PRIORITY, "Used for pods that the cluster cannot be without.");
        objects.priority(
                "system-node-critical", SYSTEM_PRIORITY + 1_000, "Used for pods that a node cannot be without.");
        objects.range(address);
        objects.rights();
        objects.service(address, port);
        objects.endpoints(address, port);
        objects.slice(address, port);
    }

    private void namespace(String name) {
        ResourceKind kind = KindTable.of("", "namespaces");
        ObjectNode namespace = object(kind, "", name);
        namespace.withObjectProperty("metadata").putObject("labels").put("kubernetes.io/metadata.name", name);
        namespace.putObject("spec").putArray("finalizers").add("kubernetes");
        namespace.putObject("status").put("phase", "Active");
        store.create(kind, namespace);
    }

    private void priority(String name, int value, String description) {
        ResourceKind kind = KindTable.of("scheduling.k8s.io", "priorityclasses");
        ObjectNode priority = object(kind, "", name);
        priority.put("value", value).put("description", description).put("preemptionPolicy", "PreemptLowerPriority");
        store.create(kind, priority);
    }

    /** The server and the Services have the lower half of the cluster's block of addresses. */
    private void range(String address) {
        ResourceKind kind = KindTable.of("networking.k8s.io", "servicecidrs");
        ObjectNode range = object(kind, "", "kubernetes");
        range.withObjectProperty("metadata").putArray("finalizers").add("networking.k8s.io/service-cidr-finalizer");
        range.putObject("spec").putArray("cidrs").add(address.replaceFirst("[^.]+\\.[^.]+$", "0.0/17"));
        range.putObject("status")
                .putArray("conditions")
                .addObject()
                .put("type", "Ready")
                .put("status", "True")
                .put("reason", "")
                .put("message", "Kubernetes Service CIDR is ready")
                .put("lastTransitionTime", now);
        store.create(kind, range);
    }

    private void rights() {
        String group = "rbac.authorization.k8s.io";
        String everything = "cluster-admin";
        ResourceKind roles = KindTable.of(group, "clusterroles");
        ObjectNode role = bootstrapped(roles, everything);
        ObjectNode resources = role.putArray("rules").addObject();
        for (String field : List.of("apiGroups", "resources", "verbs")) {
            resources.putArray(field).add("*");
        }
        ObjectNode paths = role.withArrayProperty("rules").addObject();
        for (String field : List.of("nonResourceURLs", "verbs")) {
            paths.putArray(field).add("*");
        }
        store.create(roles, role);
        ResourceKind bindings = KindTable.of(group, "clusterrolebindings");
        ObjectNode binding = bootstrapped(bindings, everything);
        binding.putObject("roleRef")
                .put("apiGroup", group)
                .put("kind", roles.kind())
                .put("name", everything);
        binding.putArray("subjects")
                .addObject()
                .put("apiGroup", group)
                .put("kind", "Group")
                .put("name", "system:masters");
        store.create(bindings, binding);
    }

    private ObjectNode bootstrapped(ResourceKind kind, String name) {
        ObjectNode object = object(kind, "", name);
        ObjectNode metadata = object.withObjectProperty("metadata");
        metadata.putObject("labels").put("kubernetes.io/bootstrapping", "rbac-defaults");
        metadata.putObject("annotations").put("rbac.authorization.kubernetes.io/autoupdate", "true");
        return object;
    }

    private void service(String address, int port) {
        ResourceKind kind = KindTable.of("", "services");
        ObjectNode service = labelled(kind);
        ObjectNode spec = service.putObject("spec");
        spec.put("type", "ClusterIP");
        spec.put("clusterIP", address);
        spec.putArray("clusterIPs").add(address);
        spec.put("sessionAffinity", "None");
        spec.put("internalTrafficPolicy", "Cluster");
        spec.putArray("ipFamilies").add("IPv4");
        spec.put("ipFamilyPolicy", "SingleStack");
        spec.putArray("ports")
                .addObject()
                .put("name", "https")
                .put("protocol", "TCP")
                .put("port", port)
                .put("targetPort", port);
        service.putObject("status").putObject("loadBalancer");
        store.create(kind, service);
    }

    private ObjectNode labelled(ResourceKind kind) {
        ObjectNode object = object(kind, "default", "kubernetes");
        object.withObjectProperty("metadata")
                .putObject("labels")
                .put("component", "apiserver")
                .put("provider", "kubernetes");
        return object;
    }

    private void endpoints(String address, int port) {
        ResourceKind kind = KindTable.of("", "endpoints");
        ObjectNode endpoints = object(kind, "default", "kubernetes");
        endpoints
                .withObjectProperty("metadata")
                .putObject("labels")
                .put("endpointslice.kubernetes.io/skip-mirror", "true");
        ObjectNode subset = endpoints.putArray("subsets").addObject();
        subset.putArray("addresses").addObject().put("ip", address);
        subset.putArray("ports")
                .addObject()
                .put("name", "https")
                .put("port", port)
                .put("protocol", "TCP");
        store.create(kind, endpoints);
    }

    private void slice(String address, int port) {
        ResourceKind kind = KindTable.of("discovery.k8s.io", "endpointslices");
        ObjectNode slice = object(kind, "default", "kubernetes");
        slice.withObjectProperty("metadata")
                .put("generation", 1)
                .putObject("labels")
                .put("kubernetes.io/service-name", "kubernetes");
        slice.put("addressType", "IPv4");
        ObjectNode endpoint = slice.putArray("endpoints").addObject();
        endpoint.putArray("addresses").add(address);
        endpoint.putObject("conditions").put("ready", true);
        slice.putArray("ports")
                .addObject()
                .put("name", "https")
                .put("port", port)
                .put("protocol", "TCP");
        store.create(kind, slice);
    }

    private ObjectNode object(ResourceKind kind, String namespace, String name) {
        ObjectNode object = Json.object().put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        metadata.put("uid", UUID.randomUUID().toString()).put("creationTimestamp", now);
        return object;
    }
}
