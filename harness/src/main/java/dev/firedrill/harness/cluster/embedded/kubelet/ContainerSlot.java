package dev.firedrill.harness.cluster.embedded.kubelet;

import dev.firedrill.harness.cluster.ProgramImage;
import dev.firedrill.harness.cluster.embedded.kubelet.HandlerActions.Outcome;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateTerminatedBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One container of a pod across its restarts. Everything runs on the pod's lane; only the logs are read from outside.
 */
final class ContainerSlot {
    private static final int START_ERROR = 128;
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration SHOW_HOOK_FAILURE = Duration.ofSeconds(1);
    private static final String HOOK_FAILURE = "PostStartHookError";

    private final NodeContext context;
    private final PodWorker pod;
    private final boolean init;
    private final BackOff backOff;
    private final ImagePull pull;
    private Container container;
    private volatile @Nullable ContainerRun run;
    private @Nullable ContainerHealth health;
    private @Nullable ContainerStateTerminated ended;
    private @Nullable ContainerStateTerminated endedBefore;
    private Duration endedAt = Duration.ZERO;
    private @Nullable String waiting;
    private String waitingMessage = "";
    private int starts;
    private boolean starting;
    private @Nullable String hookFailure;
    private @Nullable ContainerEnd ending;
    private volatile @Nullable ContainerLog log;
    private volatile @Nullable ContainerLog previousLog;

    ContainerSlot(NodeContext context, PodWorker pod, Container container, boolean init, boolean behindInit) {
        this.context = context;
        this.pod = pod;
        this.container = container;
        this.init = init;
        this.waiting = behindInit ? "PodInitializing" : "ContainerCreating";
        KubeletOptions options = context.options();
        this.backOff = new BackOff(options.backOffBase(), options.backOffMax());
        this.pull = new ImagePull(context, pod, this);
    }

    String name() {
        return container.getName();
    }

    Container container() {
        return container;
    }

    String fieldPath() {
        return "spec." + (init ? "initContainers" : "containers") + "{" + name() + "}";
    }

    @Nullable
    ContainerLog log() {
        return log;
    }

    @Nullable
    ContainerLog previousLog() {
        return previousLog;
    }

    @Nullable
    String waiting() {
        return waiting;
    }

    boolean running() {
        return run != null;
    }

    /** Whether what is done after its start is not yet done; until then nothing is said of the new run. */
    boolean starting() {
        return starting;
    }

    /** Whether it runs, or ever has. */
    boolean begun() {
        return (run != null && !starting) || ended != null;
    }

    boolean ready() {
        return health != null && health.ready();
    }

    boolean succeeded() {
        return run == null && waiting == null && ended != null && ended.getExitCode() == 0;
    }

    /** Whether nothing runs and the last run, if any is known, ended well. */
    boolean lastEndedWell() {
        return run == null && ended != null && ended.getExitCode() == 0;
    }

    /** Whether it ended and will not be started again. */
    boolean over() {
        return run == null && ended != null && !restarts(ended.getExitCode());
    }

    private boolean restarts(int exitCode) {
        String policy =
                Optional.ofNullable(pod.pod().getSpec().getRestartPolicy()).orElse("Always");
        boolean failed = exitCode != 0;
        return switch (policy) {
            case "Never" -> false;
            case "OnFailure" -> failed;
            default -> !init || failed;
        };
    }

    /** Takes a changed manifest: another image ends the running program, and the next one is the new one. */
    void update(Container changed) {
        if (!Objects.equals(container.getImage(), changed.getImage())) {
            backOff.forget();
        }
        container = changed;
        if (run != null && !stopping() && !run.image().equals(changed.getImage())) {
            event("Killing", "Container " + name() + " definition changed, will be restarted");
            stop(pod.gracePeriod());
        }
    }

    /** Starts the container unless it runs, is over, or has to wait. */
    void ensureRunning() {
        if (run != null || over() || context.programs().closed()) {
            return;
        }
        if (showsHookFailure()) {
            pod.reconcileAfter(SHOW_HOOK_FAILURE);
            return;
        }
        Optional<ProgramImage> image = pull.image(container);
        if (image.isEmpty()) {
            return;
        }
        Optional<Duration> left = ended == null ? Optional.empty() : backOff.remaining(endedAt, context.now());
        if (left.isPresent()) {
            backOff(left.get());
            return;
        }
        start(image.get());
    }

    /** A node comes back to a container about a second after its end; until then it says which hook failed. */
    private boolean showsHookFailure() {
        return HOOK_FAILURE.equals(waiting) && context.now().minus(endedAt).compareTo(SHOW_HOOK_FAILURE) < 0;
    }

    private void backOff(Duration left) {
        if (!"CrashLoopBackOff".equals(waiting)) {
            waitFor(
                    "CrashLoopBackOff",
                    "back-off " + text(backOff.current()) + " restarting failed container=" + name() + " pod="
                            + pod.fullName());
            warning("BackOff", "Back-off restarting failed container " + name() + " in pod " + pod.fullName());
        }
        pod.reconcileAfter(left);
    }

    static String text(Duration duration) {
        StringBuilder text = new StringBuilder();
        if (duration.toMinutes() > 0) {
            text.append(duration.toMinutes()).append('m');
        }
        text.append(duration.toSecondsPart());
        if (duration.toMillisPart() > 0) {
            text.append('.')
                    .append(String.format("%03d", duration.toMillisPart()).replaceAll("0+$", ""));
        }
        return text.append('s').toString();
    }

    private void start(ProgramImage image) {
        Duration now = context.now();
        try {
            event("Pulled", "Container image \"" + container.getImage() + "\" already present on machine");
            ContainerRun started = pod.starter().start(pod.place(), container, image, starts);
            event("Created", "Created container: " + name());
            noteStart(now);
            run = started;
            ending = new ContainerEnd(context, pod, this, started);
            previousLog = log;
            log = started.log();
            event("Started", "Started container " + name());
            started.attend(context.pool(), exitCode -> pod.execute(() -> exited(started, exitCode)));
            LifecycleHooks.afterStart(container).ifPresentOrElse(hook -> hold(started, hook), () -> begin(started));
        } catch (ConfigurationMissing e) {
            waitFor("CreateContainerConfigError", String.valueOf(e.getMessage()));
            warning("Failed", "Error: " + e.getMessage());
            pod.reconcileAfter(RETRY);
        } catch (KubernetesClientException e) {
            waitFor("CreateContainerConfigError", String.valueOf(e.getMessage()));
            pod.reconcileAfter(RETRY);
        } catch (StartFailure e) {
            warning("Failed", "Error: " + e.getMessage());
            noteStart(now);
            end(terminated(START_ERROR, "StartError", String.valueOf(e.getMessage()), Instant.EPOCH, null));
            pod.reconcileAfter(Duration.ZERO);
        }
    }

    private void hold(ContainerRun started, LifecycleHandler hook) {
        starting = true;
        var unused = new LifecycleHooks(context, pod, container, started)
                .act(hook)
                .thenAccept(outcome -> pod.execute(() -> afterStart(started, outcome)));
    }

    private void afterStart(ContainerRun which, Outcome hook) {
        if (which != run || stopping()) {
            return;
        }
        if (hook.success()) {
            starting = false;
            begin(which);
            pod.reconcile();
            return;
        }
        hookFailure = hook.message();
        warning("FailedPostStartHook", "PostStartHook failed");
        event("Killing", "FailedPostStartHook");
        stop(pod.gracePeriod());
    }

    private void begin(ContainerRun started) {
        waiting = null;
        health = new ContainerHealth(context, pod, this, started);
        health.start();
    }

    private void noteStart(Duration now) {
        if (ended != null) {
            backOff.restarted(endedAt, now);
        }
        starts++;
    }

    private void exited(ContainerRun which, int exitCode) {
        if (which != run) {
            return;
        }
        if (health != null) {
            health.stop();
        }
        if (ending != null) {
            ending.over();
        }
        run = null;
        health = null;
        starting = false;
        ending = null;
        String reason = exitCode == 0 ? "Completed" : "Error";
        end(terminated(exitCode, reason, lastWords(which, exitCode), which.startedAt(), which.id()));
        if (hookFailure != null && !over()) {
            waitFor(HOOK_FAILURE, hookFailure);
        }
        hookFailure = null;
        pod.reconcile();
    }

    private void end(ContainerStateTerminated how) {
        waiting = null;
        endedBefore = ended;
        ended = how;
        endedAt = context.now();
    }

    private static ContainerStateTerminated terminated(
            int exitCode, String reason, @Nullable String message, Instant startedAt, @Nullable String id) {
        return new ContainerStateTerminatedBuilder()
                .withExitCode(exitCode)
                .withReason(reason)
                .withMessage(message)
                .withStartedAt(NodeContext.timestamp(startedAt))
                .withFinishedAt(NodeContext.timestamp(Instant.now()))
                .withContainerID(id)
                .build();
    }

    private @Nullable String lastWords(ContainerRun which, int exitCode) {
        return TerminationMessage.take(
                container, pod.place().files().terminationMessage(name()), exitCode, which.log());
    }

    /** Ends the running program. May be called again with less. */
    void stop(Duration grace) {
        ContainerEnd now = ending;
        if (run == null || now == null) {
            return;
        }
        if (!now.begun() && health != null) {
            health.stopLiveness();
        }
        now.begin(grace);
    }

    private boolean stopping() {
        return ending != null && ending.begun();
    }

    /** Sends SIGTERM, or SIGKILL, at once and without ceremony: the kubelet is closing. */
    void signal(boolean kill) {
        ContainerRun current = run;
        if (current != null && kill) {
            current.kill();
        } else if (current != null) {
            current.terminate();
        }
    }

    void waitFor(String reason, String message) {
        waiting = reason;
        waitingMessage = message;
    }

    void event(String reason, String message) {
        context.events().normal(pod.pod(), fieldPath(), reason, message);
    }

    void warning(String reason, String message) {
        context.events().warning(pod.pod(), fieldPath(), reason, message);
    }

    ContainerStatus status() {
        return ContainerStatuses.of(
                container,
                starting ? null : run,
                ended,
                endedBefore,
                waiting,
                waitingMessage,
                Math.max(0, (starting ? starts - 1 : starts) - 1),
                init ? succeeded() : ready(),
                health != null && health.started());
    }
}
