package dev.firedrill.benchmarks.start;

import dev.firedrill.benchmarks.measure.Archives;
import dev.firedrill.benchmarks.measure.Child;
import dev.firedrill.benchmarks.measure.MeasurementException;
import dev.firedrill.benchmarks.measure.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A fresh JVM with a cluster on which all fixtures and the agent are Ready, held until it is closed. */
public final class HeldCluster implements AutoCloseable {
    private static final Path ERRORS = Programs.OUTPUT.resolve("cluster.err");
    private static final Duration END = Duration.ofSeconds(30);

    private final Archives archives;
    private final Child child;
    private final List<Mark> marks;
    private final Duration sinceLaunch;

    private HeldCluster(Archives archives, Child child, List<Mark> marks, Duration sinceLaunch) {
        this.archives = archives;
        this.child = child;
        this.marks = marks;
        this.sinceLaunch = sinceLaunch;
    }

    /**
     * Launches it and waits until it is ready.
     *
     * @throws MeasurementException if it does not become ready; the cluster itself knows for how long to wait
     */
    public static HeldCluster start(Archives archives) {
        return start(archives, held(archives, List.of("1")));
    }

    /** The same in a JVM with the JDK's defaults, as tests have it that say nothing of theirs. */
    static HeldCluster startByDefault(Archives archives) {
        return start(archives, Programs.java(ClusterStart.class, List.of("1")));
    }

    /** Starts clusters one after the other in the same JVM, and holds the last. */
    static HeldCluster startLastOf(int rounds, Archives archives) {
        return start(archives, held(archives, List.of(Integer.toString(rounds))));
    }

    /** Follows each pod while it starts. */
    static HeldCluster startWatched(Archives archives) {
        return start(archives, held(archives, List.of("1", ClusterStart.WATCH)));
    }

    private static List<String> held(Archives archives, List<String> arguments) {
        return Programs.holdingCluster(ClusterStart.class, arguments, archives.environment());
    }

    private static HeldCluster start(Archives archives, List<String> command) {
        long launched = System.nanoTime();
        Child child = Child.talking(command, archives.environment(), ERRORS);
        List<Mark> marks = new ArrayList<>();
        long ready = launched;
        while (true) {
            Optional<String> line = child.line();
            if (line.isEmpty()) {
                child.close();
                throw new MeasurementException("a cluster did not become ready; see " + ERRORS);
            }
            Optional<Mark> mark = Mark.parse(line.get());
            mark.ifPresent(marks::add);
            String name = mark.map(Mark::name).orElse("");
            if (name.equals(ClusterStart.READY)) {
                ready = System.nanoTime();
            }
            if (name.equals(ClusterStart.HELD)) {
                return new HeldCluster(archives, child, List.copyOf(marks), Duration.ofNanos(ready - launched));
            }
        }
    }

    /** What it told about its starts. */
    List<Mark> marks() {
        return marks;
    }

    /** From the launch of its JVM until it was ready, as seen from here. */
    Duration sinceLaunch() {
        return sinceLaunch;
    }

    /** Waits until it has made class-data archives for those that follow. */
    public void awaitArchives() {
        archives.awaitMade();
    }

    /** Its JVM, whose descendants are the pods. */
    public ProcessHandle handle() {
        return child.handle();
    }

    /** Ends it in good order. */
    @Override
    public void close() {
        try {
            child.dismiss();
            child.awaitSuccess(END, ERRORS.toString());
        } finally {
            child.close();
        }
    }
}
