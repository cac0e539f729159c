package dev.firedrill.harness.fault.workload;

import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.ObjectRef;
import dev.firedrill.harness.fault.PodDeletion;
import dev.firedrill.harness.fault.Proof;
import dev.firedrill.harness.fault.Repeatable;
import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One pod that goes away, in one manner or another, and that its controller replaces. */
final class TakenPod implements Fault, Repeatable {
    private static final Duration EFFECT = Duration.ofSeconds(60);

    private final String kind;
    private final String harm;
    private final PodDeletion.Manner manner;
    private final Map<String, String> selector;
    private final Arguments arguments;

    TakenPod(String kind, String harm, PodDeletion.Manner manner, Arguments arguments) {
        this.kind = kind;
        this.harm = harm;
        this.manner = manner;
        this.selector = arguments.labels("selector");
        this.arguments = arguments;
    }

    /** What its successor reads when it starts takes effect only if that is replaced, too. */
    @Override
    public Fault again() {
        return this;
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(kind, "Pod " + selector, harm, arguments.inWords());
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        Pod pod = only(kind, scene, selector);
        if (pod.getMetadata().getOwnerReferences().isEmpty()) {
            throw new ConfigurationException(kind + " needs a pod that a controller replaces; pod "
                    + pod.getMetadata().getName() + " has no owner, and would stay away");
        }
        ObjectRef ref = new ObjectRef("v1", "Pod", pod.getMetadata().getName());
        return new FaultPlan(
                List.of(new PodDeletion(ref, pod.getMetadata().getUid(), manner)), "one pod: " + ref.name());
    }

    /** The one pod with these labels that is not on its way out. */
    static Pod only(String kind, FaultScene scene, Map<String, String> selector) {
        List<Pod> pods =
                scene.client().pods().inNamespace(scene.namespace()).withLabels(selector).list().getItems().stream()
                        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                        .toList();
        if (pods.size() != 1) {
            throw new ConfigurationException(kind + " needs one pod with " + selector + " in namespace "
                    + scene.namespace() + ", but there are " + pods.size());
        }
        return pods.get(0);
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
                return plan.changes().get(0) instanceof PodDeletion pod ? gone(scene, pod) : Optional.empty();
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
