package dev.firedrill.harness.fault;

import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pod that goes away and is replaced by its controller: a restart of the program in it. */
public final class PodRestart implements Fault {
    private static final Duration EFFECT = Duration.ofSeconds(30);

    private final Map<String, String> selector;

    private PodRestart(Map<String, String> selector) {
        this.selector = Map.copyOf(selector);
    }

    /** Restarts the one pod that carries all these labels; none or several are refused. */
    public static PodRestart of(Map<String, String> selector) {
        return new PodRestart(selector);
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                "pod-restart",
                "Pod " + selector,
                "the pod is deleted, and its program is away until its successor is ready",
                selector);
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        List<Pod> pods = pods(scene);
        if (pods.size() != 1) {
            throw new ConfigurationException("pod-restart needs one pod with " + selector + " in namespace "
                    + scene.namespace() + ", but there are " + pods.size());
        }
        Pod pod = pods.get(0);
        ObjectRef ref = new ObjectRef("v1", "Pod", pod.getMetadata().getName());
        return new FaultPlan(List.of(new PodDeletion(ref, pod.getMetadata().getUid())), "one pod: " + ref.name());
    }

    private List<Pod> pods(FaultScene scene) {
        return scene.client().pods().inNamespace(scene.namespace()).withLabels(selector).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    @Override
    public Proof proof() {
        return new Proof() {
            @Override
            public String describe() {
                return "the pod has ended";
            }

            @Override
            public Duration within() {
                return EFFECT;
            }

            @Override
            public Optional<String> evidence(FaultScene scene, FaultPlan plan) {
                return plan.changes().get(0).fold(field -> Optional.empty(), deletion -> gone(scene, deletion));
            }
        };
    }

    private static Optional<String> gone(FaultScene scene, PodDeletion deletion) {
        Pod now = scene.client()
                .pods()
                .inNamespace(scene.namespace())
                .withName(deletion.target().name())
                .get();
        boolean ended = now == null || !deletion.uid().equals(now.getMetadata().getUid());
        return ended ? Optional.of("pod " + deletion.target().name() + " has ended") : Optional.empty();
    }
}
