package dev.firedrill.harness.drill;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The workloads of a namespace, and which of them lack pods. */
final class Workloads {
    /** Controllers whose pods are not missed: those of a ReplicaSet follow from its own state, those of a Job end. */
    private static final Set<String> NOT_MISSED = Set.of("ReplicaSet", "Job");

    private Workloads() {}

    /** The Deployments, and ReplicaSets without one, that have not all their replicas ready. */
    static Set<String> unready(KubernetesClient client, String namespace) {
        Set<String> unready = new TreeSet<>();
        client.apps().deployments().inNamespace(namespace).list().getItems().stream()
                .filter(deployment -> !isReady(deployment))
                .forEach(deployment -> unready.add(deployment.getMetadata().getName()));
        client.apps().replicaSets().inNamespace(namespace).list().getItems().stream()
                .filter(set -> set.getMetadata().getOwnerReferences().isEmpty() && !isReady(set))
                .forEach(set -> unready.add(set.getMetadata().getName()));
        return unready;
    }

    static boolean isReady(Deployment deployment) {
        return Objects.equals(
                        deployment.getSpec().getReplicas(),
                        deployment.getStatus().getReadyReplicas())
                && Readiness.getInstance().isReady(deployment);
    }

    /** Whether a ReplicaSet, StatefulSet or DaemonSet has all its pods ready, as its controller last saw it. */
    static boolean isReady(HasMetadata set) {
        if (set instanceof ReplicaSet replicas) {
            return has(
                    replicas.getStatus() == null ? null : replicas.getStatus().getReadyReplicas(),
                    replicas.getSpec().getReplicas());
        }
        if (set instanceof StatefulSet stateful) {
            return isSeen(set)
                    && has(
                            stateful.getStatus().getReadyReplicas(),
                            stateful.getSpec().getReplicas());
        }
        if (set instanceof DaemonSet each) {
            return isSeen(set)
                    && has(each.getStatus().getNumberReady(), each.getStatus().getDesiredNumberScheduled());
        }
        throw new IllegalArgumentException("not a set of pods: " + set.getKind());
    }

    private static boolean has(@Nullable Integer ready, @Nullable Integer wanted) {
        return Objects.requireNonNullElse(ready, 0) >= Objects.requireNonNullElse(wanted, 1);
    }

    /** Whether a controller has looked at a StatefulSet or DaemonSet as it is now. */
    static boolean isSeen(HasMetadata set) {
        Long observed = null;
        if (set instanceof StatefulSet stateful && stateful.getStatus() != null) {
            observed = stateful.getStatus().getObservedGeneration();
        } else if (set instanceof DaemonSet each && each.getStatus() != null) {
            observed = each.getStatus().getObservedGeneration();
        }
        return observed != null && observed >= set.getMetadata().getGeneration();
    }

    /** How many pods are ready of each controller that keeps its name, such as a StatefulSet: its kind and name. */
    static Map<String, Integer> readyPods(KubernetesClient client, String namespace) {
        Map<String, Integer> ready = new TreeMap<>();
        client.pods().inNamespace(namespace).list().getItems().stream()
                .filter(pod -> Readiness.getInstance().isReady(pod))
                .forEach(pod -> controller(pod)
                        .filter(owner -> !NOT_MISSED.contains(owner.getKind()))
                        .ifPresent(owner -> ready.merge(owner.getKind() + " " + owner.getName(), 1, Integer::sum)));
        return ready;
    }

    private static Optional<OwnerReference> controller(Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
    }
}
