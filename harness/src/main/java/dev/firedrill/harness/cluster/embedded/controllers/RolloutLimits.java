package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a rollout may stray from the number of replicas.
 *
 * @param replicas how many are wanted
 * @param maxSurge how many more there may be meanwhile; 0 if all are replaced at once
 * @param maxUnavailable how many of the wanted may be unavailable meanwhile; 0 if all are replaced at once
 */
record RolloutLimits(int replicas, int maxSurge, int maxUnavailable) {
    private static final IntOrString DEFAULT = new IntOrString("25%");

    static RolloutLimits of(Deployment deployment) {
        DeploymentSpec spec = deployment.getSpec();
        int replicas = Objects.requireNonNullElse(spec.getReplicas(), 1);
        if (isRecreate(deployment)) {
            return new RolloutLimits(replicas, 0, 0);
        }
        RollingUpdateDeployment rolling =
                spec.getStrategy() == null ? null : spec.getStrategy().getRollingUpdate();
        int surge = scaled(rolling == null ? null : rolling.getMaxSurge(), replicas, true);
        int unavailable = scaled(rolling == null ? null : rolling.getMaxUnavailable(), replicas, false);
        if (surge == 0 && unavailable == 0) {
            unavailable = 1;
        }
        return new RolloutLimits(replicas, surge, Math.min(unavailable, replicas));
    }

    static boolean isRecreate(Deployment deployment) {
        return deployment.getSpec().getStrategy() != null
                && "Recreate".equals(deployment.getSpec().getStrategy().getType());
    }

    private static int scaled(@Nullable IntOrString value, int total, boolean up) {
        return Percentages.of(Objects.requireNonNullElse(value, DEFAULT), total, up);
    }

    int most() {
        return replicas + maxSurge;
    }

    int fewestAvailable() {
        return replicas - maxUnavailable;
    }
}
