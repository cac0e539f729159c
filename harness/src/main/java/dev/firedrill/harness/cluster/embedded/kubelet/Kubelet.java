package dev.firedrill.harness.cluster.embedded.kubelet;

import dev.firedrill.harness.cluster.ProgramImage;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A node of a Kubernetes cluster whose pods are child processes of this JVM. It knows the cluster through its API
 * alone.
 *
 * <pre>{@code
 * try (Kubelet kubelet = Kubelet.start(options, client, vertx)) {
 *     // pods bound to options.nodeName() run now
 * }
 * }</pre>
 */
public final class Kubelet implements AutoCloseable {
    private static final Duration RESYNC = Duration.ofSeconds(60);
    private static final Duration LAST_GRACE = Duration.ofMillis(200);

    private final NodeContext context;
    private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
    private final HttpServer endpoint;
    private volatile boolean closed;

    private Kubelet(NodeContext context) {
        this.context = context;
        this.endpoint = new LogEndpoint(context, this::find).listen();
    }

    /**
     * Registers the node and starts to run its pods.
     *
     * @param client a client of the API server, with full rights; not closed with the kubelet
     * @param vertx what probes and the log endpoint run on; not closed with the kubelet
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server refuses the node
     */
    public static Kubelet start(KubeletOptions options, KubernetesClient client, Vertx vertx) {
        Kubelet kubelet = new Kubelet(new NodeContext(options, client, vertx));
        kubelet.watch();
        new NodeRegistration(kubelet.context, kubelet.endpoint.actualPort()).register();
        kubelet.context.every(RESYNC, () -> kubelet.workers.values().forEach(PodWorker::refreshVolumes));
        return kubelet;
    }

    /**
     * Makes more programs known to pods.
     *
     * @throws dev.firedrill.harness.model.ConfigurationException if one cannot be run on this machine
     */
    public void provide(List<ProgramImage> images) {
        context.images().add(images);
    }

    private void watch() {
        KubernetesClient client = context.client();
        informers.add(client.pods()
                .inAnyNamespace()
                .withField("spec.nodeName", context.options().nodeName())
                .runnableInformer(0)
                .addEventHandler(handler(this::podChanged, this::podDeleted)));
        informers.add(client.configMaps()
                .inAnyNamespace()
                .runnableInformer(0)
                .addEventHandler(handler(map -> sourceChanged(map, false), map -> sourceChanged(map, false))));
        informers.add(client.secrets()
                .inAnyNamespace()
                .runnableInformer(0)
                .addEventHandler(
                        handler(secret -> sourceChanged(secret, true), secret -> sourceChanged(secret, true))));
        List<CompletableFuture<Void>> started = new ArrayList<>();
        // A list that failed is tried again, as long as there is a kubelet; an informer would give up by itself.
        informers.forEach(informer -> started.add(
                informer.exceptionHandler((running, e) -> !closed).start().toCompletableFuture()));
        CompletableFuture.allOf(started.toArray(CompletableFuture[]::new)).join();
    }

    private static <T> ResourceEventHandler<T> handler(Consumer<T> changed, Consumer<T> deleted) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                changed.accept(object);
            }

            @Override
            public void onUpdate(T before, T object) {
                changed.accept(object);
            }

            @Override
            public void onDelete(T object, boolean unknownFinalState) {
                deleted.accept(object);
            }
        };
    }

    private void podChanged(Pod pod) {
        String uid = pod.getMetadata().getUid();
        if (!closed) {
            workers.computeIfAbsent(uid, key -> new PodWorker(context, pod, () -> workers.remove(key)))
                    .update(pod);
        }
    }

    private void podDeleted(Pod pod) {
        PodWorker worker = workers.get(pod.getMetadata().getUid());
        if (worker != null) {
            worker.remove(pod);
        }
    }

    private void sourceChanged(HasMetadata object, boolean secret) {
        String namespace = object.getMetadata().getNamespace();
        String name = object.getMetadata().getName();
        workers.values().stream()
                .filter(worker -> worker.pod().getMetadata().getNamespace().equals(namespace))
                .filter(worker -> PodVolumes.refersTo(worker.pod(), secret, name))
                .forEach(PodWorker::refreshVolumes);
    }

    private Optional<PodWorker> find(String namespace, String name) {
        return workers.values().stream()
                .filter(worker -> worker.pod().getMetadata().getNamespace().equals(namespace)
                        && worker.pod().getMetadata().getName().equals(name))
                .findFirst();
    }

    /**
     * Ends all pods' processes: SIGTERM, and a moment later SIGKILL for all that bear the run's mark. The cluster goes
     * with them, so nobody gains from a longer grace.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        informers.forEach(SharedIndexInformer::stop);
        context.programs().close();
        String mark = context.options().run() + ".";
        List<ProcessHandle> running = ProcessMark.processes(mark);
        workers.values().forEach(worker -> worker.signal(false));
        awaitEnd(running);
        ProcessMark.kill(mark);
        endpoint.close();
        context.close();
    }

    private static void awaitEnd(List<ProcessHandle> processes) {
        CompletableFuture<?>[] ends =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(LAST_GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException ignored) {
            // what is left is killed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
