package dev.firedrill.harness.cluster.embedded.kubelet;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What all pods of the node share: its options, its clock, its threads, its way to the API. */
final class NodeContext implements AutoCloseable {
    private static final long IDLE_SECONDS = 60;

    private final KubeletOptions options;
    private final KubernetesClient client;
    private final Vertx vertx;
    private final ClusterObjects objects;
    private final ImageTable images;
    private final PodAddresses addresses;
    private final Events events;
    private final Programs programs = new Programs();
    private final HandlerActions actions;
    /** What ends after the kubelet was closed, such as a last process, is nobody's business any more. */
    private final ExecutorService pool = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            named("kubelet"),
            new ThreadPoolExecutor.DiscardPolicy());

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(named("kubelet-timer"));
    private final Map<String, Quantity> capacity = NodeRegistration.capacity();
    private final long origin = System.nanoTime();

    NodeContext(KubeletOptions options, KubernetesClient client, Vertx vertx) {
        this.options = options;
        this.client = client;
        this.vertx = vertx;
        this.objects = new ApiObjects(client);
        this.images = new ImageTable(options.images());
        this.addresses = new PodAddresses(options.addressPrefix());
        this.events = new Events(client, options.nodeName(), new Lane(pool));
        this.actions = new HandlerActions(vertx, pool, programs);
    }

    private static java.util.concurrent.ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    KubeletOptions options() {
        return options;
    }

    KubernetesClient client() {
        return client;
    }

    Vertx vertx() {
        return vertx;
    }

    ClusterObjects objects() {
        return objects;
    }

    ImageTable images() {
        return images;
    }

    PodAddresses addresses() {
        return addresses;
    }

    Events events() {
        return events;
    }

    HandlerActions actions() {
        return actions;
    }

    Programs programs() {
        return programs;
    }

    ExecutorService pool() {
        return pool;
    }

    /** What the node offers: this machine's processors and memory. */
    Map<String, Quantity> capacity() {
        return capacity;
    }

    /** Monotonic time since the kubelet started. */
    Duration now() {
        return Duration.ofNanos(System.nanoTime() - origin);
    }

    /** A moment as the API writes it, in whole seconds. */
    static String timestamp(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A task that is yet to run. */
    static final class Timer {
        private final Future<?> task;

        private Timer(Future<?> task) {
            this.task = task;
        }

        void cancel() {
            task.cancel(false);
        }

        /** Whether it ran or was cancelled. */
        boolean done() {
            return task.isDone();
        }
    }

    /** Runs a task on a lane after a while. */
    Timer after(Duration delay, Lane lane, Runnable task) {
        try {
            long nanos = Math.max(0, delay.toNanos());
            return new Timer(timer.schedule(() -> lane.execute(task), nanos, TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException closed) {
            return new Timer(CompletableFuture.completedFuture(null));
        }
    }

    /** Runs a task again and again, with a pause between. */
    void every(Duration period, Runnable task) {
        after(period, new Lane(pool), () -> {
            task.run();
            every(period, task);
        });
    }

    @Override
    public void close() {
        timer.shutdownNow();
        pool.shutdownNow();
    }
}
