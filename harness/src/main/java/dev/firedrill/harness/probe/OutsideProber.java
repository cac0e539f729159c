package dev.firedrill.harness.probe;

import dev.firedrill.harness.agent.OpenLoopProber;
import dev.firedrill.harness.agent.ProbePlan;
import dev.firedrill.harness.agent.ProbeSample;
import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.FiredrillException;
import dev.firedrill.harness.model.Vantage;
import dev.firedrill.harness.timeline.Journal;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Probes as a user outside of the cluster does: from the harness's own process, through published addresses.
 *
 * <pre>{@code
 * try (Prober prober = new OutsideProber(cluster, "shop", journal, List.of(publicApi))) {
 *     prober.start();
 * }
 * }</pre>
 */
public final class OutsideProber implements Prober {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Cluster cluster;
    private final String namespace;
    private final Journal journal;
    private final List<ProbeSpec> probes;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(OutsideProber::thread);
    private @Nullable Vertx vertx;
    private @Nullable OpenLoopProber running;

    /**
     * @param namespace of the Services that probes name
     * @param probes of the vantage outside
     * @throws IllegalArgumentException if a probe is of another vantage, or two have the same name
     */
    public OutsideProber(Cluster cluster, String namespace, Journal journal, Collection<ProbeSpec> probes) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.journal = journal;
        this.probes = Probes.of(Vantage.OUTSIDE, probes);
    }

    @Override
    public void start() {
        List<ProbePlan> plans = probes.stream()
                .map(probe -> probe.planAt(address(probe.target())))
                .toList();
        Vertx loops = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        vertx = loops;
        running = OpenLoopProber.start(loops, plans, this::write);
    }

    private URI address(ProbeTarget target) {
        if (target instanceof ProbeTarget.Service service) {
            InetSocketAddress published = cluster.outside(namespace, service.name(), service.port());
            return URI.create("http://" + host(published) + ":" + published.getPort());
        }
        return URI.create(target.description());
    }

    /** What is published on this machine needs no name service, whose pauses would be taken for the system's. */
    private static String host(InetSocketAddress published) {
        InetAddress address = published.getAddress();
        if (address == null || !address.isLoopbackAddress()) {
            return published.getHostString();
        }
        String literal = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + literal + "]" : literal;
    }

    /** Writes on a thread of its own, since the journal may keep its writer waiting. */
    private CompletionStage<?> write(ProbeSample sample) {
        return CompletableFuture.runAsync(
                () -> journal.append(
                        "harness",
                        EventType.PROBE_SAMPLE,
                        sample.finishedAt(),
                        Duration.ZERO,
                        Observation.data(sample, Vantage.OUTSIDE)),
                writer);
    }

    @Override
    public boolean settle(Duration atMost) {
        OpenLoopProber prober = running;
        if (prober == null) {
            return true;
        }
        Instant due = Instant.now();
        long deadline = System.nanoTime() + atMost.toNanos();
        while (prober.completeUntil().isBefore(due)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause();
        }
        return true;
    }

    private static void pause() {
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        if (Thread.interrupted()) {
            Thread.currentThread().interrupt();
            throw new FiredrillException("Interrupted while waiting for probes");
        }
    }

    @Override
    public void close() {
        OpenLoopProber prober = running;
        Vertx loops = vertx;
        if (prober != null && loops != null) {
            running = null;
            prober.close();
            loops.close().await();
        }
        writer.shutdown();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "firedrill-outside-prober");
        thread.setDaemon(true);
        return thread;
    }
}
