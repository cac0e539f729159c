package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The control loops of a cluster: Deployments, ReplicaSets, scheduling, endpoints, load balancers' addresses,
 * namespaces. They know nothing but the API.
 *
 * <pre>{@code
 * try (Controllers controllers = Controllers.start(client, ControllerOptions.of(caPem))) { ... }
 * }</pre>
 */
public final class Controllers implements AutoCloseable {
    private static final int WORKERS = 6;
    private static final Duration FIRST_LISTS = Duration.ofSeconds(60);
    private static final int OTHER_KINDS_AFTER_SECONDS = 5;
    private static final int EVENTS_EXPIRE_EVERY_SECONDS = 300;

    private final Caches caches = new Caches();
    private final ExecutorService workers =
            Executors.newFixedThreadPool(WORKERS, task -> Threads.daemon(task, "worker"));
    private final ScheduledExecutorService timers =
            Executors.newSingleThreadScheduledExecutor(task -> Threads.daemon(task, "timer"));
    private final List<WorkQueue> queues = new ArrayList<>();
    private final KubernetesClient client;
    private final ControllerOptions options;
    private final Writer writer;
    private final EventRecorder events;
    private final OtherKinds others;

    private Controllers(KubernetesClient client, ControllerOptions options) {
        this.client = client;
        this.options = options;
        this.writer = new Writer(client);
        this.events = new EventRecorder(client, options.clock());
        this.others = new OtherKinds(
                client,
                caches.byKind().keySet().stream().map(HasMetadata::getKind).collect(Collectors.toSet()));
    }

    /**
     * Starts all controllers and returns when they have seen what there is.
     *
     * @param client for one cluster, with all rights; stays the caller's
     * @throws dev.firedrill.harness.model.ProvisioningException if the API server does not answer in time
     */
    public static Controllers start(KubernetesClient client, ControllerOptions options) {
        Controllers controllers = new Controllers(client, options);
        try {
            controllers.run();
        } catch (RuntimeException e) {
            controllers.close();
            throw e;
        }
        return controllers;
    }

    private void run() {
        workloads();
        network();
        housekeeping();
        caches.start(client, FIRST_LISTS);
        queues.forEach(WorkQueue::open);
    }

    private void workloads() {
        var sets = new DeploymentReplicaSets(client, caches, writer, events, options.clock());
        var deployments = new DeploymentController(caches, writer, options.clock(), sets);
        deployments.feed(queue("deployments", deployments));
        var replicaSets = new ReplicaSetController(caches, writer, events, options.clock());
        replicaSets.feed(queue("replicasets", replicaSets));
        var scheduler = new Scheduler(caches, writer, events, options.clock());
        scheduler.feed(queue("scheduler", scheduler));
        var budgets = new DisruptionController(caches, writer, options.clock());
        budgets.feed(queue("disruptionbudgets", budgets));
    }

    private void network() {
        var endpoints = new EndpointsController(caches, writer);
        endpoints.feed(queue("endpoints", endpoints));
        var balancers = new LoadBalancerController(caches, writer, events);
        balancers.feed(queue("loadbalancers", balancers));
    }

    private void housekeeping() {
        var namespaces = new NamespaceController(client, caches, writer, others::all, options.certificateAuthority());
        namespaces.feed(queue("namespaces", namespaces));
        var pods = new PodGarbageCollector(caches, writer);
        pods.feed(queue("pods", pods));
        var garbage = new GarbageCollector(client, writer, others);
        WorkQueue queue = queue("garbage", garbage);
        garbage.feed(caches, queue);
        others.whenComplete(() -> garbage.recheck(queue));
        var expiry = new EventExpiry(client, writer, options.eventsKept(), options.clock());
        var unused = timers.schedule(
                () -> workers.execute(others::beginToWatch), OTHER_KINDS_AFTER_SECONDS, TimeUnit.SECONDS);
        unused = timers.scheduleWithFixedDelay(
                () -> workers.execute(expiry),
                EVENTS_EXPIRE_EVERY_SECONDS,
                EVENTS_EXPIRE_EVERY_SECONDS,
                TimeUnit.SECONDS);
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
        others.close();
        timers.shutdownNow();
        workers.shutdown();
        Threads.await(workers, 1);
        events.close();
    }
}
