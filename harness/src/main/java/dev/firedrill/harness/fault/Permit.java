package dev.firedrill.harness.fault;

import dev.firedrill.harness.cluster.Permissions;
import dev.firedrill.harness.cluster.Safeguards;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether a plan heeds what must be heeded where it is to happen: asked before anything is changed. */
final class Permit {
    private Permit() {}

    /**
     * Why it must not be carried out, in one sentence; empty if it may.
     *
     * @param pods those that it touches
     */
    static Optional<String> refusal(FaultScene scene, FaultPlan plan, List<String> pods) {
        Safeguards safeguards = scene.safeguards();
        if (pods.size() > safeguards.mostPods()) {
            return Optional.of("it would touch " + pods.size() + " pods, and no more than " + safeguards.mostPods()
                    + " may be touched at once (-Dfiredrill.max.pods)");
        }
        Optional<String> unavailable = unavailable(scene, plan);
        if (unavailable.isPresent()) {
            return unavailable;
        }
        if (!safeguards.rightsAsked()) {
            return Optional.empty();
        }
        Permissions permissions = Permissions.in(scene.client(), scene.namespace());
        String missing = Right.of(plan).stream()
                .flatMap(right -> right.without(permissions).stream())
                .map(Right::toString)
                .collect(Collectors.joining("; "));
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("this user lacks rights in namespace " + scene.namespace() + ": " + missing);
    }

    /** Why this cluster can never do it, whatever its user may do, in one sentence; empty if it can. */
    static Optional<String> unavailable(FaultScene scene, FaultPlan plan) {
        boolean needsNodes =
                plan.changes().stream().anyMatch(change -> change instanceof ObjectCreation made && made.needsNodes());
        return needsNodes && !scene.safeguards().nodes()
                ? Optional.of("it goes through the pod's node, which no Role of one namespace can allow; it can be had"
                        + " on clusters of our own: k3s, embedded")
                : Optional.empty();
    }
}
