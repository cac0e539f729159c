package dev.firedrill.benchmarks.start;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.Clusters;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.drill.StageRequest;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Timekeeper;
import dev.firedrill.scenarios.shop.Shop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A measured process: starts an embedded cluster with all fixtures and the agent, prints when what was there, and holds
 * the last one until its standard input ends. Arguments: how many starts; {@code watch} to follow each pod as well.
 */
public final class ClusterStart {
    /** The API server answers. */
    static final String API_SERVER = "API server answers";

    /** The cluster takes pods. */
    static final String CLUSTER = "node Ready, Cluster.start() returns";

    /** All fixtures and the agent are Ready, and the agent has answered. */
    static final String READY = "all fixtures and the agent Ready";

    /** Processor time of this JVM until then, in milliseconds. */
    static final String OWN_PROCESSOR_TIME = "processor time of the harness";

    /** Processor time of all pods until then, in milliseconds. */
    static final String PODS_PROCESSOR_TIME = "processor time of the pods";

    /** The last cluster is held. */
    static final String HELD = "held";

    /** The argument that has each pod followed. */
    static final String WATCH = "watch";

    private static final String NAMESPACE = "shop";
    private static final double NANOS_PER_MILLI = 1e6;

    private final int round;
    private final boolean watching;
    private final Duration used = processorTime(Stream.of(ProcessHandle.current()));
    private final long origin = System.nanoTime();

    private ClusterStart(int round, boolean watching) {
        this.round = round;
        this.watching = watching;
    }

    public static void main(String[] arguments) throws IOException {
        int rounds = Integer.parseInt(arguments[0]);
        boolean watching = arguments.length > 1 && arguments[1].equals(WATCH);
        for (int round = 1; round <= rounds; round++) {
            new ClusterStart(round, watching).run(round == rounds);
        }
    }

    private void run(boolean hold) throws IOException {
        Journal journal = Journal.inMemory(Timekeeper.system());
        ClusterRequest request = ClusterRequest.plain().reportingTo(this::progress);
        try (Cluster cluster = Clusters.start("embedded", request)) {
            mark(CLUSTER);
            StageRequest stage = new StageRequest(NAMESPACE, "benchmark-" + round, Path.of("target"), round, Map.of());
            try (PodMarks pods = watching ? PodMarks.follow(cluster.client(), NAMESPACE) : PodMarks.none()) {
                Stage raised = Stage.raise(cluster, new Shop(), stage, journal);
                mark(READY);
                markProcessorTime();
                pods.since(origin).forEach(this::mark);
                if (hold) {
                    mark(HELD);
                    System.in.transferTo(System.out);
                }
                raised.close();
            }
        }
    }

    private void progress(String line) {
        if (line.contains(" API server at ")) {
            mark(API_SERVER);
        }
    }

    private void markProcessorTime() {
        ProcessHandle self = ProcessHandle.current();
        mark(OWN_PROCESSOR_TIME, processorTime(Stream.of(self)).minus(used).toNanos());
        mark(PODS_PROCESSOR_TIME, processorTime(self.descendants()).toNanos());
    }

    private static Duration processorTime(Stream<ProcessHandle> processes) {
        return processes
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private void mark(String name) {
        mark(name, System.nanoTime() - origin);
    }

    private void mark(String name, long nanos) {
        System.out.println(new Mark(round, nanos / NANOS_PER_MILLI, name).line());
    }
}
