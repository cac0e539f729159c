package dev.firedrill.harness.cluster.embedded.kubelet;

import dev.firedrill.harness.cluster.embedded.kubelet.HandlerActions.Outcome;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ExecAction;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.TCPSocketAction;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The probes of one run of a container: whether it has started, is ready, is alive. */
final class ContainerHealth {
    private final NodeContext context;
    private final PodWorker pod;
    private final ContainerSlot slot;
    private final ContainerRun run;
    private final Container container;
    private @Nullable ProbeWorker startup;
    private @Nullable ProbeWorker readiness;
    private @Nullable ProbeWorker liveness;
    private boolean started;
    private boolean ready;

    ContainerHealth(NodeContext context, PodWorker pod, ContainerSlot slot, ContainerRun run) {
        this.context = context;
        this.pod = pod;
        this.slot = slot;
        this.run = run;
        this.container = slot.container();
    }

    boolean started() {
        return started;
    }

    boolean ready() {
        return started && ready;
    }

    /** Begins to probe. What is done after the start has been done. */
    void start() {
        if (container.getStartupProbe() == null) {
            nowStarted();
            return;
        }
        startup = worker("Startup", container.getStartupProbe(), true, decision -> {
            if (decision) {
                stopIf(startup);
                nowStarted();
            } else {
                restart("startup", container.getStartupProbe());
            }
        });
        startup.start();
    }

    private void nowStarted() {
        started = true;
        if (container.getReadinessProbe() == null) {
            ready = true;
        } else {
            readiness = worker("Readiness", container.getReadinessProbe(), true, decision -> {
                if (ready != decision) {
                    ready = decision;
                    pod.publish();
                }
            });
            readiness.start();
        }
        if (container.getLivenessProbe() != null) {
            liveness = worker("Liveness", container.getLivenessProbe(), false, decision -> {
                if (!decision) {
                    restart("liveness", container.getLivenessProbe());
                }
            });
            liveness.start();
        }
        pod.publish();
    }

    private void restart(String which, Probe probe) {
        slot.event("Killing", "Container " + slot.name() + " failed " + which + " probe, will be restarted");
        Long own = probe.getTerminationGracePeriodSeconds();
        slot.stop(own == null ? pod.gracePeriod() : Duration.ofSeconds(own));
    }

    void stopLiveness() {
        stopIf(liveness);
        stopIf(startup);
    }

    void stop() {
        stopLiveness();
        stopIf(readiness);
        ready = false;
    }

    private static void stopIf(@Nullable ProbeWorker worker) {
        if (worker != null) {
            worker.stop();
        }
    }

    private ProbeWorker worker(String which, Probe probe, boolean eager, Consumer<Boolean> decided) {
        Duration timeout = ProbeWorker.seconds(probe.getTimeoutSeconds(), 1);
        return new ProbeWorker(
                context,
                pod.lane(),
                probe,
                eager,
                () -> act(probe.getHttpGet(), probe.getTcpSocket(), probe.getExec(), timeout),
                result -> {
                    String said = result.outcome().message();
                    if (result.outcome().success() && !said.isEmpty()) {
                        slot.warning("ProbeWarning", which + " probe warning: " + said);
                    }
                    if (!result.outcome().success()) {
                        slot.warning("Unhealthy", which + " probe failed: " + said);
                    }
                    result.decision().ifPresent(decided);
                });
    }

    private CompletableFuture<Outcome> act(
            @Nullable HTTPGetAction http, @Nullable TCPSocketAction tcp, @Nullable ExecAction exec, Duration timeout) {
        if (http != null) {
            Optional<Integer> port = port(container, http.getPort());
            return port.isPresent()
                    ? context.actions().get(http, host(http.getHost()), port.get(), timeout)
                    : unknownPort(http.getPort());
        }
        if (tcp != null) {
            Optional<Integer> port = port(container, tcp.getPort());
            return port.isPresent()
                    ? context.actions().connect(host(tcp.getHost()), port.get(), timeout)
                    : unknownPort(tcp.getPort());
        }
        if (exec != null) {
            return context.actions().exec(run.beside(exec.getCommand()), timeout);
        }
        return CompletableFuture.completedFuture(new Outcome(false, "this kind of probe is not supported here"));
    }

    private String host(@Nullable String asked) {
        return asked == null || asked.isEmpty() ? pod.place().address() : asked;
    }

    static Optional<Integer> port(Container container, IntOrString port) {
        if (port.getStrVal() == null) {
            return Optional.ofNullable(port.getIntVal());
        }
        return container.getPorts().stream()
                .filter(each -> port.getStrVal().equals(each.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst();
    }

    static CompletableFuture<Outcome> unknownPort(IntOrString port) {
        return CompletableFuture.completedFuture(
                new Outcome(false, "couldn't find port: " + port.getStrVal() + " in the container"));
    }
}
