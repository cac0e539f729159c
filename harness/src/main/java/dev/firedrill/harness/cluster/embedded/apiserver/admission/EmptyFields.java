package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an object shows also where nobody has said anything: a status whose numbers are 0, an event's moments that are
 * null. Nobody manages it.
 *
 * <p>Source: Kubernetes API reference (the fields that are required).
 */
public final class EmptyFields {
    private static final Map<String, List<String>> NUMBERS = Map.ofEntries(
            Map.entry("deployments.apps", List.of()),
            Map.entry("replicasets.apps", List.of("replicas")),
            Map.entry("replicationcontrollers", List.of("replicas")),
            Map.entry("statefulsets.apps", List.of("replicas", "availableReplicas")),
            Map.entry(
                    "daemonsets.apps",
                    List.of("currentNumberScheduled", "numberMisscheduled", "desiredNumberScheduled", "numberReady")),
            Map.entry("jobs.batch", List.of()),
            Map.entry("cronjobs.batch", List.of()),
            Map.entry("resourcequotas", List.of()),
            Map.entry(
                    "poddisruptionbudgets.policy",
                    List.of("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods")),
            Map.entry("horizontalpodautoscalers.autoscaling", List.of("desiredReplicas")));

    /** Kinds that show a specification that says nothing. */
    private static final Set<String> SPECIFIED = Set.of("leases.coordination.k8s.io", "poddisruptionbudgets.policy");

    private EmptyFields() {}

    /** Adds them to an object, in place. */
    public static void show(ResourceKind kind, ObjectNode object) {
        if (SPECIFIED.contains(kind.storage())) {
            Fill.object(object, "spec");
        }
        if (kind.storage().equals("cronjobs.batch")
                && object.path("spec").get("jobTemplate") instanceof ObjectNode job) {
            Fill.object(job, "metadata");
            Fill.within(job, "spec", EmptyFields::template);
        } else if (kind.storage().equals("pods")) {
            Fill.within(
                    object,
                    "status",
                    status -> Fill.each(status, "conditions", condition -> {
                        condition.putIfAbsent("lastProbeTime", NullNode.getInstance());
                        condition.putIfAbsent("lastTransitionTime", NullNode.getInstance());
                    }));
        } else if (kind.storage().equals("podtemplates")) {
            template(object);
        } else if (kind.storage().equals("horizontalpodautoscalers.autoscaling")) {
            Fill.object(object, "status").putIfAbsent("currentMetrics", NullNode.getInstance());
        }
        List<String> numbers = NUMBERS.get(kind.storage());
        if (numbers != null) {
            ObjectNode status = Fill.object(object, "status");
            numbers.forEach(number -> Fill.number(status, number, 0));
        } else if (kind.storage().equals("ingresses.networking.k8s.io")) {
            Fill.object(Fill.object(object, "status"), "loadBalancer");
        } else if (kind.storage().equals("events")) {
            event(object);
        }
    }

    private static void template(ObjectNode owner) {
        Fill.within(owner, "template", template -> Fill.object(template, "metadata"));
    }

    private static void event(ObjectNode event) {
        Fill.object(event, "involvedObject");
        Fill.object(event, "source");
        for (String moment : List.of("firstTimestamp", "lastTimestamp", "eventTime")) {
            event.putIfAbsent(moment, NullNode.getInstance());
        }
        Fill.text(event, "reportingComponent", "");
        Fill.text(event, "reportingInstance", "");
    }
}
