package dev.firedrill.harness.cluster.embedded;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** In a kubelet's place: says of pods that were given a node that they run, and lets them go when they are deleted. */
final class PodStatuses implements AutoCloseable {
    private final KubernetesClient client;
    private final String prefix;
    private final AtomicInteger addresses = new AtomicInteger();
    private final ExecutorService writer = Executors.newSingleThreadExecutor();
    private final SharedIndexInformer<Pod> informer;
    private volatile Predicate<Pod> ready = pod -> true;
    private volatile boolean lettingGo = true;

    PodStatuses(KubernetesClient client, String prefix) {
        this.client = client;
        this.prefix = prefix;
        this.informer = client.pods().inAnyNamespace().inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                look(pod);
            }

            @Override
            public void onUpdate(Pod before, Pod after) {
                look(after);
            }

            @Override
            public void onDelete(Pod pod, boolean unknown) {}
        });
    }

    /** Which pods become ready from now on; pods that there are are looked at again. */
    void ready(Predicate<Pod> which) {
        ready = which;
        informer.getIndexer().list().forEach(this::look);
    }

    /** Whether deleted pods end. */
    void letGo(boolean now) {
        lettingGo = now;
        informer.getIndexer().list().forEach(this::look);
    }

    private void look(Pod pod) {
        writer.execute(() -> {
            try {
                act(pod);
            } catch (KubernetesClientException e) {
                if (e.getCode() != 404 && e.getCode() != 409) {
                    throw e;
                }
            }
        });
    }

    private void act(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            if (lettingGo) {
                client.resource(pod).withGracePeriod(0).delete();
            }
            return;
        }
        String wanted = ready.test(pod) ? "True" : "False";
        boolean stands = pod.getStatus().getConditions().stream()
                .anyMatch(c -> "Ready".equals(c.getType()) && wanted.equals(c.getStatus()));
        if (pod.getSpec().getNodeName() == null || stands) {
            return;
        }
        String ip = pod.getStatus().getPodIP();
        client.resource(new PodBuilder(pod)
                        .editStatus()
                        .withPhase("Running")
                        .withPodIP(ip == null ? prefix + ".128." + addresses.incrementAndGet() : ip)
                        .withConditions(new PodConditionBuilder()
                                .withType("Ready")
                                .withStatus(wanted)
                                .withLastTransitionTime(Instant.now()
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString())
                                .build())
                        .endStatus()
                        .build())
                .updateStatus();
    }

    @Override
    public void close() {
        informer.close();
        writer.shutdownNow();
    }
}
