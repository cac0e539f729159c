package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills in what an object does not say, as Kubernetes does for its kind; on create and on every update. */
public final class Defaults {
    private static final Map<String, Consumer<ObjectNode>> BY_STORAGE = Map.ofEntries(
            Map.entry("pods", object -> {
                PodDefaults.spec(Fill.object(object, "spec"));
                PodDefaults.pod(Fill.object(object, "spec"));
            }),
            Map.entry("podtemplates", WorkloadDefaults::template),
            Map.entry("deployments.apps", spec(WorkloadDefaults::deployment)),
            Map.entry("replicasets.apps", spec(WorkloadDefaults::replicas)),
            Map.entry("replicationcontrollers", Defaults::replicationController),
            Map.entry("statefulsets.apps", spec(WorkloadDefaults::statefulSet)),
            Map.entry("daemonsets.apps", spec(WorkloadDefaults::daemonSet)),
            Map.entry("jobs.batch", spec(WorkloadDefaults::job)),
            Map.entry("cronjobs.batch", spec(WorkloadDefaults::cronJob)),
            Map.entry("services", spec(Defaults::service)),
            Map.entry("secrets", Defaults::secret),
            Map.entry("namespaces", Defaults::namespace),
            Map.entry("endpoints", object -> Fill.each(object, "subsets", Defaults::portProtocols)),
            Map.entry("endpointslices.discovery.k8s.io", Defaults::endpointSlice),
            Map.entry("networkpolicies.networking.k8s.io", spec(Defaults::networkPolicy)),
            Map.entry("rolebindings.rbac.authorization.k8s.io", Defaults::roleBinding),
            Map.entry("clusterrolebindings.rbac.authorization.k8s.io", Defaults::roleBinding),
            Map.entry("horizontalpodautoscalers.autoscaling", spec(Defaults::autoscaler)),
            Map.entry("limitranges", spec(spec -> Fill.each(spec, "limits", Defaults::limit))),
            Map.entry("persistentvolumeclaims", StorageDefaults::claim),
            Map.entry("persistentvolumes", StorageDefaults::volume),
            Map.entry("storageclasses.storage.k8s.io", StorageDefaults::storageClass),
            Map.entry("csidrivers.storage.k8s.io", spec(StorageDefaults::driver)),
            Map.entry("flowschemas.flowcontrol.apiserver.k8s.io", spec(Defaults::flow)),
            Map.entry("prioritylevelconfigurations.flowcontrol.apiserver.k8s.io", spec(Defaults::priorityLevel)),
            Map.entry(
                    "priorityclasses.scheduling.k8s.io",
                    object -> Fill.text(object, "preemptionPolicy", "PreemptLowerPriority")));

    private static final int AFFINITY_SECONDS = 10_800;
    private static final int BUSY_PERCENT = 80;
    private static final int FLOW_PRECEDENCE = 1000;

    private Defaults() {}

    /** Fills in an object, in place. */
    public static void apply(ResourceKind kind, ObjectNode object) {
        BY_STORAGE.getOrDefault(kind.storage(), none -> {}).accept(object);
    }

    /**
     * A changed object as its author is taken to have said it: filled in, but without what {@link Admission} gives to
     * it and what it loses by the change. The object itself where that makes no difference.
     */
    public static ObjectNode said(ResourceKind kind, ObjectNode after) {
        if (!kind.storage().equals("services")) {
            return after;
        }
        ObjectNode said = after.deepCopy();
        apply(kind, said);
        return said;
    }

    /** Fills in a changed object, in place, and takes from it what it loses by the change. */
    public static void apply(ResourceKind kind, ObjectNode before, ObjectNode after) {
        if (kind.storage().equals("services") && after.get("spec") instanceof ObjectNode spec) {
            ServiceTypes.drop(before.path("spec"), spec);
        }
        if (kind.storage().equals("pods") && after.get("spec") instanceof ObjectNode spec) {
            PodPriority.keep(before.path("spec"), spec);
        }
        apply(kind, after);
    }

    private static Consumer<ObjectNode> spec(Consumer<ObjectNode> defaults) {
        return object -> defaults.accept(Fill.object(object, "spec"));
    }

    private static void service(ObjectNode spec) {
        Fill.text(spec, "type", "ClusterIP");
        Fill.text(spec, "sessionAffinity", "None");
        if (Json.textAt(spec, "sessionAffinity").equals("ClientIP")) {
            ObjectNode client = Fill.object(Fill.object(spec, "sessionAffinityConfig"), "clientIP");
            Fill.number(client, "timeoutSeconds", AFFINITY_SECONDS);
        } else {
            spec.remove("sessionAffinityConfig");
        }
        String type = Json.textAt(spec, "type");
        Fill.each(spec, "ports", port -> {
            Fill.text(port, "protocol", "TCP");
            if (port.get("port") != null
                    && (!port.has("targetPort")
                            || port.path("targetPort").asString("").equals("0"))) {
                port.set("targetPort", port.get("port"));
            }
        });
        if (type.equals("ExternalName")) {
            return;
        }
        Fill.text(spec, "internalTrafficPolicy", "Cluster");
        if (!type.equals("ClusterIP")) {
            Fill.text(spec, "externalTrafficPolicy", "Cluster");
        }
        if (type.equals("LoadBalancer")) {
            Fill.flag(spec, "allocateLoadBalancerNodePorts", true);
        }
    }

    private static void secret(ObjectNode secret) {
        Fill.text(secret, "type", "Opaque");
        if (secret.remove("stringData") instanceof ObjectNode plain) {
            ObjectNode data = Fill.object(secret, "data");
            plain.properties()
                    .forEach(entry -> data.put(
                            entry.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(entry.getValue().asString().getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static void namespace(ObjectNode namespace) {
        ObjectNode metadata = Fill.object(namespace, "metadata");
        Fill.object(metadata, "labels").put("kubernetes.io/metadata.name", Json.textAt(metadata, "name"));
        Fill.object(namespace, "spec");
        Fill.text(Fill.object(namespace, "status"), "phase", "Active");
    }

    private static void portProtocols(ObjectNode owner) {
        Fill.each(owner, "ports", port -> Fill.text(port, "protocol", "TCP"));
    }

    private static void endpointSlice(ObjectNode slice) {
        Fill.each(slice, "endpoints", endpoint -> Fill.object(endpoint, "conditions"));
        Fill.each(slice, "ports", port -> {
            Fill.text(port, "protocol", "TCP");
            port.putIfAbsent("name", Json.string(""));
        });
    }

    private static void replicationController(ObjectNode controller) {
        ObjectNode spec = Fill.object(controller, "spec");
        WorkloadDefaults.replicas(spec);
        JsonNode labels = spec.path("template").path("metadata").path("labels");
        if (spec.path("selector").isEmpty() && !labels.isEmpty()) {
            spec.set("selector", labels.deepCopy());
        }
        Fill.labels(controller, labels);
    }

    private static void autoscaler(ObjectNode spec) {
        Fill.number(spec, "minReplicas", 1);
        if (spec.path("metrics").isEmpty()) {
            ObjectNode resource =
                    spec.putArray("metrics").addObject().put("type", "Resource").putObject("resource");
            resource.put("name", "cpu");
            resource.putObject("target").put("type", "Utilization").put("averageUtilization", BUSY_PERCENT);
        }
    }

    private static void limit(ObjectNode limit) {
        if (Json.textAt(limit, "type").equals("Container")) {
            complete(limit, "default", "max");
            complete(limit, "defaultRequest", "default");
            complete(limit, "defaultRequest", "min");
        }
    }

    /** What one map lacks it gets from another. */
    private static void complete(ObjectNode limit, String map, String from) {
        for (Map.Entry<String, JsonNode> entry : limit.path(from).properties()) {
            Fill.object(limit, map).putIfAbsent(entry.getKey(), entry.getValue());
        }
    }

    private static void networkPolicy(ObjectNode spec) {
        Fill.object(spec, "podSelector");
        Fill.list(spec, "policyTypes", spec.has("egress") ? List.of("Ingress", "Egress") : List.of("Ingress"));
        Fill.each(spec, "ingress", Defaults::portProtocols);
        Fill.each(spec, "egress", Defaults::portProtocols);
    }

    private static void roleBinding(ObjectNode binding) {
        Fill.within(binding, "roleRef", role -> Fill.text(role, "apiGroup", "rbac.authorization.k8s.io"));
        Fill.each(binding, "subjects", subject -> {
            if (!Json.textAt(subject, "kind").equals("ServiceAccount")) {
                Fill.text(subject, "apiGroup", "rbac.authorization.k8s.io");
            }
        });
    }

    private static void flow(ObjectNode spec) {
        if (Json.longAt(spec, 0, "matchingPrecedence") == 0) {
            spec.put("matchingPrecedence", FLOW_PRECEDENCE);
        }
    }

    private static void priorityLevel(ObjectNode spec) {
        Fill.within(spec, "exempt", exempt -> {
            Fill.number(exempt, "nominalConcurrencyShares", 0);
            Fill.number(exempt, "lendablePercent", 0);
        });
        Fill.within(spec, "limited", limited -> {
            Fill.number(limited, "nominalConcurrencyShares", 30);
            Fill.number(limited, "lendablePercent", 0);
            Fill.within(
                    limited,
                    "limitResponse",
                    response -> Fill.within(response, "queuing", queuing -> {
                        Fill.number(queuing, "queues", 64);
                        Fill.number(queuing, "handSize", 8);
                        Fill.number(queuing, "queueLengthLimit", 50);
                    }));
        });
    }
}
