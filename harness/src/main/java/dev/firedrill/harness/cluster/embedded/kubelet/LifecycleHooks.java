package dev.firedrill.harness.cluster.embedded.kubelet;

import dev.firedrill.harness.cluster.embedded.kubelet.HandlerActions.Outcome;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What is done after the start of one run of a container, and before its end. A hook takes as long as it takes.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/kubelet/lifecycle/handlers.go}.
 */
final class LifecycleHooks {
    private final NodeContext context;
    private final PodWorker pod;
    private final Container container;
    private final ContainerRun run;

    LifecycleHooks(NodeContext context, PodWorker pod, Container container, ContainerRun run) {
        this.context = context;
        this.pod = pod;
        this.container = container;
        this.run = run;
    }

    static Optional<LifecycleHandler> afterStart(Container container) {
        return Optional.ofNullable(container.getLifecycle()).map(Lifecycle::getPostStart);
    }

    static Optional<LifecycleHandler> beforeEnd(Container container) {
        return Optional.ofNullable(container.getLifecycle()).map(Lifecycle::getPreStop);
    }

    /** Runs a hook; of a failure is told what a container's status says of it. */
    CompletableFuture<Outcome> act(LifecycleHandler hook) {
        if (hook.getExec() != null) {
            String command = String.join(" ", hook.getExec().getCommand());
            return context.actions()
                    .hook(run.beside(hook.getExec().getCommand()))
                    .thenApply(outcome -> named("Exec lifecycle hook ([" + command + "])", outcome));
        }
        if (hook.getHttpGet() != null) {
            return tell(hook.getHttpGet())
                    .thenApply(outcome -> named("HTTP lifecycle hook (" + path(hook.getHttpGet()) + ")", outcome));
        }
        if (hook.getSleep() != null) {
            return new CompletableFuture<Outcome>()
                    .completeOnTimeout(new Outcome(true, ""), hook.getSleep().getSeconds(), TimeUnit.SECONDS);
        }
        return CompletableFuture.completedFuture(new Outcome(
                false,
                "Cannot run handler: invalid handler: a hook has one of exec, httpGet and sleep, not tcpSocket"));
    }

    private static String path(HTTPGetAction action) {
        return action.getPath() == null ? "" : action.getPath();
    }

    private CompletableFuture<Outcome> tell(HTTPGetAction action) {
        String asked = action.getHost();
        String host = asked == null || asked.isEmpty() ? pod.place().address() : asked;
        return ContainerHealth.port(container, action.getPort())
                .map(port -> context.actions().tell(action, host, port))
                .orElseGet(() -> ContainerHealth.unknownPort(action.getPort()));
    }

    private Outcome named(String hook, Outcome outcome) {
        return outcome.success()
                ? outcome
                : new Outcome(
                        false,
                        "%s for Container \"%s\" in Pod \"%s\" failed - error: %s"
                                .formatted(hook, container.getName(), pod.fullName(), outcome.message()));
    }
}
