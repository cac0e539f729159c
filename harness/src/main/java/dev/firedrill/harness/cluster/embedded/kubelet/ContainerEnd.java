package dev.firedrill.harness.cluster.embedded.kubelet;

import io.fabric8.kubernetes.api.model.LifecycleHandler;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one run of a container is ended: its hook, SIGTERM, and SIGKILL when the grace is over. A hook that outlasts the
 * grace is not waited for, but SIGTERM comes before SIGKILL all the same. Everything runs on the pod's lane.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/kubelet/kuberuntime/kuberuntime_container.go}.
 */
final class ContainerEnd {
    private static final Duration LEAST_AFTER_HOOK = Duration.ofSeconds(2);

    private final NodeContext context;
    private final PodWorker pod;
    private final ContainerSlot slot;
    private final ContainerRun run;
    private boolean begun;
    private boolean told;
    private boolean over;
    private Duration killDue = Duration.ZERO;
    private NodeContext.@Nullable Timer killTimer;

    ContainerEnd(NodeContext context, PodWorker pod, ContainerSlot slot, ContainerRun run) {
        this.context = context;
        this.pod = pod;
        this.slot = slot;
        this.run = run;
    }

    boolean begun() {
        return begun;
    }

    /** Begins; when it has begun, it may be hastened. */
    void begin(Duration grace) {
        Duration due = context.now().plus(grace);
        if (begun && killDue.compareTo(due) <= 0) {
            return;
        }
        boolean first = !begun;
        begun = true;
        killDue = due;
        Optional<LifecycleHandler> hook = LifecycleHooks.beforeEnd(slot.container());
        if (told || grace.isZero() || hook.isEmpty()) {
            terminate(grace);
            return;
        }
        timeKill(grace, this::afterHook);
        if (first) {
            act(hook.get());
        }
    }

    private void act(LifecycleHandler hook) {
        var unused = new LifecycleHooks(context, pod, slot.container(), run)
                .act(hook)
                .thenAccept(outcome -> {
                    if (!outcome.success()) {
                        slot.warning("FailedPreStopHook", "PreStopHook failed");
                    }
                    pod.execute(this::afterHook);
                });
    }

    private void afterHook() {
        if (!over && !told) {
            Duration left = killDue.minus(context.now());
            terminate(left.compareTo(LEAST_AFTER_HOOK) < 0 ? LEAST_AFTER_HOOK : left);
        }
    }

    private void terminate(Duration left) {
        timeKill(left, run::kill);
        if (!told) {
            told = true;
            run.terminate();
        }
    }

    private void timeKill(Duration delay, Runnable deed) {
        if (killTimer != null) {
            killTimer.cancel();
        }
        killTimer = context.after(delay, pod.lane(), deed);
    }

    /** The program has ended. */
    void over() {
        over = true;
        if (killTimer != null) {
            killTimer.cancel();
        }
    }
}
