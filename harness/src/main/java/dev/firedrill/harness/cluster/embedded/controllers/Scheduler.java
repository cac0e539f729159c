package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Binds each new pod to a node that it may run on, or says why there is none. */
final class Scheduler implements Reconciler {
    private static final String COMPONENT = "default-scheduler";
    private static final String SCHEDULED = "PodScheduled";

    private final Caches caches;
    private final Writer writer;
    private final EventRecorder events;
    private final Clock clock;

    Scheduler(Caches caches, Writer writer, EventRecorder events, Clock clock) {
        this.caches = caches;
        this.writer = writer;
        this.events = events;
        this.clock = clock;
    }

    /** Adds new pods to the queue, and all that wait when a node changes in a way that may matter. */
    void feed(WorkQueue queue) {
        caches.pods()
                .listen((before, after) ->
                        after.filter(this::isWaiting).map(ObjectKey::of).ifPresent(queue::add));
        caches.nodes().listen((before, after) -> {
            if (before.map(Scheduler::offer).equals(after.map(Scheduler::offer))) {
                return;
            }
            caches.pods().all().stream()
                    .filter(this::isWaiting)
                    .map(ObjectKey::of)
                    .forEach(queue::add);
        });
    }

    /** What a node offers, without what changes at each of its heartbeats. */
    private static List<Object> offer(Node node) {
        List<Object> offer = new ArrayList<>();
        offer.add(Objects.requireNonNullElse(node.getMetadata().getLabels(), ""));
        offer.add(Objects.requireNonNullElse(node.getSpec(), ""));
        if (node.getStatus() != null) {
            node.getStatus().getConditions().forEach(c -> offer.add(c.getType() + "=" + c.getStatus()));
        }
        return offer;
    }

    private boolean isWaiting(Pod pod) {
        String node = pod.getSpec().getNodeName();
        String scheduler = Objects.requireNonNullElse(pod.getSpec().getSchedulerName(), COMPONENT);
        return (node == null || node.isEmpty())
                && scheduler.equals(COMPONENT)
                && pod.getSpec().getSchedulingGates().isEmpty()
                && !caches.pods().leaving(pod)
                && !Readiness.isTerminated(pod);
    }

    @Override
    public Optional<Duration> reconcile(ObjectKey key) {
        Pod pod = caches.pods().get(key).filter(this::isWaiting).orElse(null);
        if (pod != null) {
            Collection<Node> nodes = caches.nodes().all();
            nodes.stream()
                    .filter(node -> NodeFit.objection(pod, node).isEmpty())
                    .findFirst()
                    .ifPresentOrElse(node -> bind(pod, node), () -> reject(pod, NodeFit.explain(pod, nodes)));
        }
        return Optional.empty();
    }

    private void bind(Pod pod, Node node) {
        String name = node.getMetadata().getName();
        boolean bound = writer.send(
                "POST",
                Writer.path(pod) + "/binding",
                new BindingBuilder()
                        .withNewMetadata()
                        .withNamespace(pod.getMetadata().getNamespace())
                        .withName(pod.getMetadata().getName())
                        .withUid(pod.getMetadata().getUid())
                        .endMetadata()
                        .withNewTarget()
                        .withApiVersion("v1")
                        .withKind("Node")
                        .withName(name)
                        .endTarget()
                        .build());
        if (bound) {
            String message = "Successfully assigned " + ObjectKey.of(pod) + " to " + name;
            events.scheduling(COMPONENT, pod, "Normal", "Scheduled", "Binding", message);
        }
    }

    private void reject(Pod pod, String message) {
        boolean said = Readiness.condition(pod, SCHEDULED)
                .filter(c -> "False".equals(c.getStatus()) && message.equals(c.getMessage()))
                .isPresent();
        if (said) {
            return;
        }
        List<PodCondition> conditions = new ArrayList<>();
        if (pod.getStatus() != null) {
            conditions.addAll(pod.getStatus().getConditions());
        }
        conditions.removeIf(c -> SCHEDULED.equals(c.getType()));
        conditions.add(new PodConditionBuilder()
                .withType(SCHEDULED)
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage(message)
                .withObservedGeneration(pod.getMetadata().getGeneration())
                .withLastTransitionTime(Timestamps.seconds(clock.instant()))
                .build());
        writer.updateStatus(
                caches.pods(),
                new PodBuilder(pod)
                        .editOrNewStatus()
                        .withConditions(conditions)
                        .endStatus()
                        .build());
        events.scheduling(COMPONENT, pod, "Warning", "FailedScheduling", "Scheduling", message);
    }
}
