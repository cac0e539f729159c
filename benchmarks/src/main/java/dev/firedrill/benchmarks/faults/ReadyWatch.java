package dev.firedrill.benchmarks.faults;

import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.timeline.Journal;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notes in the journal when every Deployment has become ready, by a watch that is none of the harness's. */
final class ReadyWatch implements Watcher<Deployment>, AutoCloseable {
    private final Journal journal;
    private final Set<String> unready = new HashSet<>();
    private @Nullable Watch watch;

    ReadyWatch(Journal journal) {
        this.journal = journal;
    }

    void follow(KubernetesClient client, String namespace) {
        watch = client.apps().deployments().inNamespace(namespace).watch(this);
    }

    @Override
    public void eventReceived(Action action, Deployment deployment) {
        String name = deployment.getMetadata().getName();
        if (action != Action.DELETED && !Stage.isReady(deployment)) {
            unready.add(name);
        } else if (unready.remove(name) && unready.isEmpty()) {
            journal.append("watch", EventType.NOTE, Map.of("text", Events.READY));
        }
    }

    @Override
    public void onClose(WatcherException cause) {
        System.err.println("the benchmark's watch on Deployments ended: " + cause);
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
    }
}
