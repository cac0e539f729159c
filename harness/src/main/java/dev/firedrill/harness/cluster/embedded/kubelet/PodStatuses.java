package dev.firedrill.harness.cluster.embedded.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the kubelet says of one pod: phase, conditions with the times of their changes, containers.
 *
 * <p>Source: Kubernetes, "Pod Lifecycle".
 */
final class PodStatuses {
    private final String hostIp;
    private final String startTime = NodeContext.timestamp(Instant.now());
    private final Map<String, PodCondition> conditions = new LinkedHashMap<>();

    PodStatuses(String hostIp) {
        this.hostIp = hostIp;
    }

    /** Why a pod ended that its containers did not end, or waits that nothing can help. */
    record Refusal(String phase, String reason, String message) {
        /** As the status tells it of a pod that failed before anything of it was started. */
        Refusal atTheDoor() {
            return phase.equals("Failed") ? new Refusal(phase, reason, "Pod was rejected: " + message) : this;
        }
    }

    PodStatus of(
            Pod pod,
            @Nullable String address,
            List<ContainerSlot> inits,
            List<ContainerSlot> containers,
            @Nullable Refusal refusal) {
        String phase = refusal == null ? phase(pod, inits, containers) : refusal.phase();
        updateConditions(pod, address != null, inits, containers, phase);
        PodStatusBuilder status = new PodStatusBuilder()
                .withPhase(phase)
                .withConditions(List.copyOf(conditions.values()))
                .withHostIP(hostIp)
                .addNewHostIP(hostIp)
                .withStartTime(startTime)
                .withQosClass(Quantities.qosClass(pod.getSpec()))
                .withObservedGeneration(pod.getMetadata().getGeneration())
                .withInitContainerStatuses(
                        inits.stream().map(ContainerSlot::status).toList())
                .withContainerStatuses(containers.stream()
                        .sorted(Comparator.comparing(ContainerSlot::name))
                        .map(ContainerSlot::status)
                        .toList());
        if (address != null) {
            status.withPodIP(address).addNewPodIP(address);
        }
        if (refusal != null) {
            status.withReason(refusal.reason()).withMessage(refusal.message());
        }
        return status.build();
    }

    static String phase(Pod pod, List<ContainerSlot> inits, List<ContainerSlot> containers) {
        boolean never = "Never".equals(pod.getSpec().getRestartPolicy());
        if (!inits.stream().allMatch(ContainerSlot::succeeded)) {
            return never && inits.stream().anyMatch(slot -> slot.over() && !slot.succeeded()) ? "Failed" : "Pending";
        }
        if (!containers.stream().allMatch(ContainerSlot::begun)) {
            return "Pending";
        }
        if (pod.getMetadata().getDeletionTimestamp() != null
                && containers.stream().noneMatch(ContainerSlot::running)) {
            return containers.stream().allMatch(ContainerSlot::lastEndedWell) ? "Succeeded" : "Failed";
        }
        if (!containers.stream().allMatch(ContainerSlot::over)) {
            return "Running";
        }
        return containers.stream().allMatch(ContainerSlot::succeeded) ? "Succeeded" : "Failed";
    }

    private void updateConditions(
            Pod pod, boolean sandbox, List<ContainerSlot> inits, List<ContainerSlot> containers, String phase) {
        boolean completed = phase.equals("Succeeded");
        String notInitialized = names(inits, slot -> !slot.succeeded());
        String unready = names(containers, slot -> !slot.ready());
        set(pod, "PodReadyToStartContainers", sandbox && !completed && !phase.equals("Failed"), null, null);
        set(
                pod,
                "Initialized",
                notInitialized.isEmpty(),
                notInitialized.isEmpty() ? (completed ? "PodCompleted" : null) : "ContainersNotInitialized",
                notInitialized.isEmpty() ? null : "containers with incomplete status: [" + notInitialized + "]");
        String reason = completed ? "PodCompleted" : phase.equals("Failed") ? "PodFailed" : "ContainersNotReady";
        String message =
                completed || phase.equals("Failed") ? null : "containers with unready status: [" + unready + "]";
        boolean allReady = unready.isEmpty();
        Optional<String> gate = closedGate(pod);
        if (allReady && gate.isPresent()) {
            set(pod, "Ready", false, "ReadinessGatesNotReady", gate.get());
        } else {
            set(pod, "Ready", allReady, allReady ? null : reason, allReady ? null : message);
        }
        set(pod, "ContainersReady", allReady, allReady ? null : reason, allReady ? null : message);
        set(pod, "PodScheduled", true, null, null);
    }

    private static Optional<String> closedGate(Pod pod) {
        return pod.getSpec().getReadinessGates().stream()
                .map(gate -> gate.getConditionType())
                .filter(type -> pod.getStatus() == null
                        || pod.getStatus().getConditions().stream()
                                .noneMatch(condition -> condition.getType().equals(type)
                                        && condition.getStatus().equals("True")))
                .map(type -> "corresponding condition of pod readiness gate \"" + type + "\" is not True.")
                .findFirst();
    }

    private static String names(List<ContainerSlot> slots, java.util.function.Predicate<ContainerSlot> which) {
        return slots.stream().filter(which).map(ContainerSlot::name).collect(Collectors.joining(" "));
    }

    private void set(Pod pod, String type, boolean status, @Nullable String reason, @Nullable String message) {
        PodCondition before = conditions.get(type);
        String value = status ? "True" : "False";
        boolean same = before != null && before.getStatus().equals(value);
        conditions.put(
                type,
                new PodConditionBuilder()
                        .withType(type)
                        .withStatus(value)
                        .withReason(reason)
                        .withMessage(message)
                        .withObservedGeneration(pod.getMetadata().getGeneration())
                        .withLastTransitionTime(
                                same
                                        ? Objects.requireNonNull(before).getLastTransitionTime()
                                        : scheduledTime(pod, type))
                        .build());
    }

    /** The scheduler's own time for what the scheduler said; now for the rest. */
    private static String scheduledTime(Pod pod, String type) {
        return foreign(pod).stream()
                .filter(condition -> condition.getType().equals(type) && type.equals("PodScheduled"))
                .map(PodCondition::getLastTransitionTime)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> NodeContext.timestamp(Instant.now()));
    }

    private static List<PodCondition> foreign(Pod pod) {
        return pod.getStatus() == null ? List.of() : pod.getStatus().getConditions();
    }
}
