package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an object shows also where nobody has said anything: a status whose numbers are 0, an event's moments that are
 * null. Nobody manages it.
 *
 * <p>Source: Kubernetes API reference (the fields that are required).
 */
public final class EmptyFields {
    private static final Map<String, Consumer<ObjectNode>> BY_STORAGE = Map.ofEntries(
            Map.entry("deployments.apps", status()),
            Map.entry("replicasets.apps", status("replicas")),
            Map.entry("replicationcontrollers", status("replicas")),
            Map.entry(
                    "statefulsets.apps", status("replicas", "availableReplicas").andThen(EmptyFields::statefulSet)),
            Map.entry(
                    "daemonsets.apps",
                    status("currentNumberScheduled", "numberMisscheduled", "desiredNumberScheduled", "numberReady")),
            Map.entry("jobs.batch", status()),
            Map.entry("cronjobs.batch", status().andThen(EmptyFields::cronJob)),
            Map.entry("resourcequotas", status()),
            Map.entry(
                    "poddisruptionbudgets.policy",
                    status("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods")
                            .andThen(EmptyFields::spec)),
            Map.entry(
                    "horizontalpodautoscalers.autoscaling",
                    status("desiredReplicas")
                            .andThen(scaler -> nulls(Fill.object(scaler, "status"), "currentMetrics"))),
            Map.entry(
                    "ingresses.networking.k8s.io",
                    ingress -> Fill.object(Fill.object(ingress, "status"), "loadBalancer")),
            Map.entry("certificatesigningrequests.certificates.k8s.io", status()),
            Map.entry("flowschemas.flowcontrol.apiserver.k8s.io", status()),
            Map.entry("prioritylevelconfigurations.flowcontrol.apiserver.k8s.io", status()),
            Map.entry("resourceclaims.resource.k8s.io", status()),
            Map.entry("servicecidrs.networking.k8s.io", status()),
            Map.entry("volumeattachments.storage.k8s.io", EmptyFields::attachment),
            Map.entry("leases.coordination.k8s.io", EmptyFields::spec),
            Map.entry("nodes", EmptyFields::node),
            Map.entry("pods", EmptyFields::pod),
            Map.entry("podtemplates", EmptyFields::template),
            Map.entry("events", EmptyFields::event));

    private static final List<String> NODE_INFO = List.of(
            "machineID",
            "systemUUID",
            "bootID",
            "kernelVersion",
            "osImage",
            "containerRuntimeVersion",
            "kubeletVersion",
            "kubeProxyVersion",
            "operatingSystem",
            "architecture");

    private EmptyFields() {}

    /** Adds them to an object, in place. */
    public static void show(ResourceKind kind, ObjectNode object) {
        BY_STORAGE.getOrDefault(kind.storage(), none -> {}).accept(object);
    }

    private static Consumer<ObjectNode> status(String... numbers) {
        return object -> {
            ObjectNode status = Fill.object(object, "status");
            for (String number : numbers) {
                Fill.number(status, number, 0);
            }
        };
    }

    private static void attachment(ObjectNode object) {
        Fill.flag(Fill.object(object, "status"), "attached", false);
    }

    private static void nulls(ObjectNode owner, String... fields) {
        for (String field : fields) {
            owner.putIfAbsent(field, NullNode.getInstance());
        }
    }

    private static void spec(ObjectNode object) {
        Fill.object(object, "spec");
    }

    private static void statefulSet(ObjectNode set) {
        Fill.within(set, "spec", spec -> spec.putIfAbsent("serviceName", Json.string("")));
    }

    /** What its kubelet has not told yet. */
    private static void node(ObjectNode node) {
        spec(node);
        ObjectNode status = Fill.object(node, "status");
        Fill.number(Fill.object(Fill.object(status, "daemonEndpoints"), "kubeletEndpoint"), "Port", 0);
        ObjectNode info = Fill.object(status, "nodeInfo");
        NODE_INFO.forEach(field -> Fill.text(info, field, ""));
    }

    private static void pod(ObjectNode pod) {
        Fill.within(
                pod,
                "status",
                status -> Fill.each(
                        status, "conditions", condition -> nulls(condition, "lastProbeTime", "lastTransitionTime")));
    }

    private static void cronJob(ObjectNode cronJob) {
        Fill.within(
                cronJob,
                "spec",
                spec -> Fill.within(spec, "jobTemplate", job -> {
                    Fill.object(job, "metadata");
                    Fill.within(job, "spec", EmptyFields::template);
                }));
    }

    private static void template(ObjectNode owner) {
        Fill.within(owner, "template", template -> Fill.object(template, "metadata"));
    }

    private static void event(ObjectNode event) {
        Fill.object(event, "involvedObject");
        Fill.object(event, "source");
        nulls(event, "firstTimestamp", "lastTimestamp", "eventTime");
        Fill.text(event, "reportingComponent", "");
        Fill.text(event, "reportingInstance", "");
    }
}
