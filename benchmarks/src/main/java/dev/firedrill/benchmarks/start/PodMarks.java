package dev.firedrill.benchmarks.start;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** When which pod was seen in which state, by a watch; costs the measured start a little. */
final class PodMarks implements Watcher<Pod>, AutoCloseable {
    static final String CREATED = "pods created";
    static final String STARTED = "processes started";
    private static final String READY_SUFFIX = " Ready";
    private static final String GENERATED_SUFFIX = "(-[0-9a-z]+){2}$";

    private final Map<String, Long> first = new ConcurrentHashMap<>();
    private @Nullable Watch watch;

    private PodMarks() {}

    static PodMarks none() {
        return new PodMarks();
    }

    static PodMarks follow(KubernetesClient client, String namespace) {
        PodMarks marks = new PodMarks();
        marks.watch = client.pods().inNamespace(namespace).watch(marks);
        return marks;
    }

    @Override
    public void eventReceived(Action action, Pod pod) {
        long now = System.nanoTime();
        String name = pod.getMetadata().getName();
        first.putIfAbsent(name + "/" + CREATED, now);
        boolean started = pod.getStatus() != null
                && pod.getStatus().getContainerStatuses().stream()
                        .anyMatch(status -> status.getState().getRunning() != null);
        if (started) {
            first.putIfAbsent(name + "/" + STARTED, now);
        }
        if (Readiness.isPodReady(pod)) {
            first.putIfAbsent(name + "/" + name.replaceFirst(GENERATED_SUFFIX, "") + READY_SUFFIX, now);
        }
    }

    @Override
    public void onClose(WatcherException cause) {
        System.err.println("the benchmark's watch on pods ended: " + cause);
    }

    /** For each state when the last pod was in it: nanoseconds since a moment of {@link System#nanoTime()}. */
    Map<String, Long> since(long origin) {
        Map<String, Long> last = new TreeMap<>();
        first.forEach((key, moment) -> last.merge(key.substring(key.indexOf('/') + 1), moment - origin, Math::max));
        return last;
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
    }
}
