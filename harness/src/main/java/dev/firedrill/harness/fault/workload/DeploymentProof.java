package dev.firedrill.harness.fault.workload;

import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.Proof;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Looks at the pods of a Deployment, which are the cluster's answer to what was written into it.
 *
 * @param look what is seen in them, in one line
 */
record DeploymentProof(
        String deployment,
        String describe,
        Duration within,
        BiFunction<DeploymentTarget, FaultPlan, Optional<String>> look)
        implements Proof {
    /** How long a roll-out may take. */
    static final Duration ROLL_OUT = Duration.ofSeconds(90);

    @Override
    public Optional<String> evidence(FaultScene scene, FaultPlan plan) {
        return look.apply(new DeploymentTarget(scene, deployment), plan);
    }
}
