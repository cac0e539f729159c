package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The control loops of a cluster: Deployments, ReplicaSets, scheduling, endpoints, load balancers' addresses,
 * namespaces. They know nothing but the API.
 *
 * <pre>{@code
 * try (Controllers controllers = Controllers.start(client, ControllerOptions.of(apiServer, caPem))) { ... }
 * }</pre>
 */
public final class Controllers implements AutoCloseable {
    private static final int WORKERS = 6;
    private static final Duration FIRST_LISTS = Duration.ofSeconds(30);

    private final Caches caches = new Caches();
    private final ExecutorService workers =
            Executors.newFixedThreadPool(WORKERS, task -> Threads.daemon(task, "worker"));
    private final ScheduledExecutorService timers =
            Executors.newSingleThreadScheduledExecutor(task -> Threads.daemon(task, "timer"));
    private final List<WorkQueue> queues = new ArrayList<>();
    private final EventRecorder events;

    private Controllers(KubernetesClient client, ControllerOptions options) {
        events = new EventRecorder(client, options.clock());
        Writer writer = new Writer(client);
        assemble(client, options, writer);
        caches.start(client, FIRST_LISTS);
        new InitialObjects(caches, writer, options.apiServer()).create();
        queues.forEach(WorkQueue::open);
    }

    /**
     * Starts all controllers and returns when they have seen what there is.
     *
     * @param client for one cluster, with all rights; stays the caller's
     * @throws dev.firedrill.harness.model.ProvisioningException if the API server does not answer in time
     */
    public static Controllers start(KubernetesClient client, ControllerOptions options) {
        return new Controllers(client, options);
    }

    private void assemble(KubernetesClient client, ControllerOptions options, Writer writer) {
        var sets = new DeploymentReplicaSets(client, caches, writer, events, options.clock());
        var deployments = new DeploymentController(caches, writer, options.clock(), sets);
        deployments.feed(queue("deployments", deployments));
        var replicaSets = new ReplicaSetController(caches, writer, events, options.clock());
        replicaSets.feed(queue("replicasets", replicaSets));
        var scheduler = new Scheduler(caches, writer, events, options.clock());
        scheduler.feed(queue("scheduler", scheduler));
        var endpoints = new EndpointsController(caches, writer);
        endpoints.feed(queue("endpoints", endpoints));
        var balancers = new LoadBalancerController(caches, writer, events);
        balancers.feed(queue("loadbalancers", balancers));
        var namespaces = new NamespaceController(
                client, caches, writer, () -> ServedKind.discover(client), options.certificateAuthority());
        namespaces.feed(queue("namespaces", namespaces));
    }

    private WorkQueue queue(String name, Reconciler reconciler) {
        WorkQueue queue = new WorkQueue(name, workers, timers, reconciler);
        queues.add(queue);
        return queue;
    }

    /** Ends all loops; what one is at work on is finished first, for a second at most. */
    @Override
    public void close() {
        queues.forEach(WorkQueue::close);
        caches.close();
        timers.shutdownNow();
        workers.shutdown();
        Threads.await(workers, 1);
        events.close();
    }
}
