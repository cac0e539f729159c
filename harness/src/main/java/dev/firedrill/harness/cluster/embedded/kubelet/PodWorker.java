package dev.firedrill.harness.cluster.embedded.kubelet;

import dev.firedrill.harness.cluster.embedded.kubelet.PodStatuses.Refusal;
import dev.firedrill.harness.cluster.embedded.kubelet.PodVolumes.MountFailure;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one pod be what its object says: sets up its volumes, runs its containers, ends them. Whatever happens leads to
 * {@link #reconcile()}, on the pod's own lane.
 */
final class PodWorker {
    private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);
    private static final Duration MOUNT_RETRY_BASE = Duration.ofMillis(500);
    private static final Duration MOUNT_RETRY_MAX = Duration.ofMinutes(2);
    private static final long DEFAULT_GRACE = 30;
    private static final int FIRST_UNPRIVILEGED_PORT = 1024;

    private final NodeContext context;
    private final Lane lane;
    private final ContainerStarter starter;
    private final StatusPublisher publisher;
    private final PodStatuses statuses;
    private final PodFiles files;
    private final PodVolumes volumes;
    private final List<ContainerSlot> inits;
    private final List<ContainerSlot> containers;
    private final Runnable gone;
    private final Duration begun;
    private final BackOff mountBackOff = new BackOff(MOUNT_RETRY_BASE, MOUNT_RETRY_MAX);
    private volatile Pod pod;
    private @Nullable String address;
    private @Nullable Refusal refusal;
    private boolean mounted;
    private boolean terminating;
    private boolean removed;
    private boolean ended;
    private NodeContext.@Nullable Timer timer;
    private Duration timerDue = Duration.ZERO;
    private Duration mountFailedAt = Duration.ZERO;

    /** @param gone told when nothing of the pod is left */
    PodWorker(NodeContext context, Pod pod, Runnable gone) {
        this.context = context;
        this.pod = pod;
        this.gone = gone;
        this.begun = context.now();
        this.lane = new Lane(context.pool());
        this.starter = new ContainerStarter(context);
        this.publisher = new StatusPublisher(context);
        this.statuses = new PodStatuses(context.options().nodeAddress());
        this.files = new PodFiles(context.options().directory(), pod.getMetadata());
        this.volumes = new PodVolumes(context, files);
        List<Container> first = pod.getSpec().getInitContainers();
        this.inits = first.stream()
                .map(container -> new ContainerSlot(context, this, container, true, true))
                .toList();
        this.containers = pod.getSpec().getContainers().stream()
                .map(container -> new ContainerSlot(context, this, container, false, !first.isEmpty()))
                .toList();
    }

    Pod pod() {
        return pod;
    }

    Lane lane() {
        return lane;
    }

    ContainerStarter starter() {
        return starter;
    }

    void execute(Runnable task) {
        lane.execute(task);
    }

    String fullName() {
        return pod.getMetadata().getName() + "_" + pod.getMetadata().getNamespace() + "("
                + pod.getMetadata().getUid() + ")";
    }

    Duration gracePeriod() {
        Long seconds = pod.getSpec().getTerminationGracePeriodSeconds();
        return Duration.ofSeconds(seconds == null ? DEFAULT_GRACE : seconds);
    }

    ContainerStarter.Place place() {
        return new ContainerStarter.Place(pod, Objects.requireNonNull(address, "no address yet"), files, volumes);
    }

    Optional<ContainerSlot> container(String name) {
        return slots().filter(slot -> slot.name().equals(name)).findFirst();
    }

    private Stream<ContainerSlot> slots() {
        return Stream.concat(inits.stream(), containers.stream());
    }

    /** Takes the pod's newest object. */
    void update(Pod newest) {
        lane.execute(() -> {
            pod = newest;
            Stream.concat(newest.getSpec().getInitContainers().stream(), newest.getSpec().getContainers().stream())
                    .forEach(changed -> container(changed.getName()).ifPresent(slot -> slot.update(changed)));
            refresh();
            reconcile();
        });
    }

    /** The object is gone from the API without waiting for us. */
    void remove(Pod last) {
        lane.execute(() -> {
            pod = last;
            removed = true;
            reconcile();
        });
    }

    /** Something that the pod's volumes are made from may have changed. */
    void refreshVolumes() {
        lane.execute(() -> {
            refresh();
            reconcile();
        });
    }

    private void refresh() {
        if (!mounted || terminating) {
            return;
        }
        try {
            volumes.mount(pod, Objects.requireNonNull(address));
        } catch (MountFailure e) {
            LOG.debug("volumes of {} stay as they are", fullName(), e);
        }
    }

    /** Has {@link #reconcile()} run after a while, unless it does so earlier. */
    void reconcileAfter(Duration delay) {
        Duration due = context.now().plus(delay);
        if (timer != null && !timer.done() && timerDue.compareTo(due) <= 0) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        timerDue = due;
        timer = context.after(delay, lane, () -> {
            timer = null;
            reconcile();
        });
    }

    void reconcile() {
        if (ended) {
            return;
        }
        if (removed || pod.getMetadata().getDeletionTimestamp() != null) {
            terminate();
            return;
        }
        endOverdue();
        if (refusal == null && !PodStatuses.phase(pod, inits, containers).equals("Failed") && prepared()) {
            runContainers();
        }
        publish();
    }

    /** Ends a pod that is active longer than it may be; looks again when it will be. */
    private void endOverdue() {
        Long seconds = pod.getSpec().getActiveDeadlineSeconds();
        String phase = PodStatuses.phase(pod, inits, containers);
        if (seconds == null || refusal != null || phase.equals("Succeeded") || phase.equals("Failed")) {
            return;
        }
        Duration left = begun.plusSeconds(seconds).minus(context.now());
        if (left.isNegative() || left.isZero()) {
            refusal = new Refusal(
                    "Failed", "DeadlineExceeded", "Pod was active on the node longer than the specified deadline");
            context.events().normal(pod, null, refusal.reason(), refusal.message());
            slots().filter(ContainerSlot::running).forEach(slot -> slot.stop(gracePeriod()));
        } else {
            reconcileAfter(left);
        }
    }

    private boolean prepared() {
        if (address == null) {
            Optional<Refusal> never = PodAdmission.refusal(pod);
            if (never.isPresent()) {
                refusal = never.get().atTheDoor();
                context.events()
                        .warning(pod, null, refusal.reason(), never.get().message());
                return false;
            }
            address = context.addresses().take();
            warnOfPorts();
        }
        if (!mounted) {
            mounted = mount();
        }
        return mounted;
    }

    private boolean mount() {
        Duration now = context.now();
        Optional<Duration> left = mountBackOff.remaining(mountFailedAt, now);
        try {
            files.create();
            volumes.mount(pod, Objects.requireNonNull(address));
            return true;
        } catch (MountFailure | IOException e) {
            if (left.isEmpty()) {
                context.events().warning(pod, null, "FailedMount", String.valueOf(e.getMessage()));
                mountBackOff.restarted(mountFailedAt, now);
                mountFailedAt = now;
            }
            reconcileAfter(left.orElse(mountBackOff.current()));
            return false;
        }
    }

    private void warnOfPorts() {
        for (ContainerSlot slot : containers) {
            for (ContainerPort port : slot.container().getPorts()) {
                if (port.getContainerPort() != null && port.getContainerPort() < FIRST_UNPRIVILEGED_PORT) {
                    slot.warning(
                            "PrivilegedPort",
                            "Container port " + port.getContainerPort() + " is below "
                                    + FIRST_UNPRIVILEGED_PORT
                                    + ": pods of the embedded cluster are processes of an ordinary user,"
                                    + " which cannot listen there; use a higher port, or k3s");
                }
            }
        }
    }

    private void runContainers() {
        for (ContainerSlot slot : inits) {
            if (!slot.succeeded()) {
                slot.ensureRunning();
                return;
            }
        }
        for (ContainerSlot slot : containers) {
            // One after the other: what is done after the start of one ends before the next is started.
            if (containers.stream().anyMatch(ContainerSlot::starting)) {
                return;
            }
            slot.ensureRunning();
        }
    }

    private void terminate() {
        Duration grace = deletionGrace();
        boolean running = slots().anyMatch(ContainerSlot::running);
        if (running) {
            slots().filter(ContainerSlot::running).forEach(slot -> {
                if (!terminating) {
                    slot.event("Killing", "Stopping container " + slot.name());
                }
                slot.stop(grace);
            });
        }
        terminating = true;
        publish();
        if (!running) {
            finish();
        }
    }

    private Duration deletionGrace() {
        Long seconds = pod.getMetadata().getDeletionGracePeriodSeconds();
        // Even a forced deletion gives a second to leave, as on a node.
        return seconds == null ? gracePeriod() : Duration.ofSeconds(Math.max(1, seconds));
    }

    private void finish() {
        ended = true;
        ProcessMark.kill(context.options().run() + "." + pod.getMetadata().getUid() + ".");
        publisher.afterwards(() -> {
            if (!removed) {
                deleteObject();
            }
            try {
                files.delete();
            } catch (IOException e) {
                LOG.debug("directory of {} not deleted yet", fullName(), e);
            }
            if (address != null) {
                context.addresses().giveBack(address);
            }
            gone.run();
        });
    }

    private void deleteObject() {
        DeleteOptions now = new DeleteOptionsBuilder()
                .withApiVersion("v1")
                .withKind("DeleteOptions")
                .withGracePeriodSeconds(0L)
                .withNewPreconditions(null, pod.getMetadata().getUid())
                .build();
        String path = "/api/v1/namespaces/" + pod.getMetadata().getNamespace() + "/pods/"
                + pod.getMetadata().getName();
        try {
            context.client().raw(path, "DELETE", now);
        } catch (KubernetesClientException e) {
            LOG.debug("pod {} is already gone", fullName(), e);
        }
    }

    /** Ends all processes at once, politely or not, without telling the API. */
    void signal(boolean kill) {
        slots().forEach(slot -> slot.signal(kill));
    }

    void publish() {
        if (!removed) {
            publisher.publish(pod, statuses.of(pod, mounted ? address : null, inits, containers, refusal));
        }
    }
}
