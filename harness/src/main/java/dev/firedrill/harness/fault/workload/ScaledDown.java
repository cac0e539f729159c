package dev.firedrill.harness.fault.workload;

import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.FieldChange;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import dev.firedrill.harness.fault.Proof;
import dev.firedrill.harness.model.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** A Deployment with fewer pods than it should have, or none: its program is weak or away until the fault is undone. */
public final class ScaledDown implements Fault {
    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named("scaled-down")
            .group("workload")
            .harms("A Deployment has fewer pods than it should have, or none, until the fault is undone.")
            .takes(
                    Parameter.of("deployment", ParameterType.name(), "the Deployment"),
                    Parameter.of("replicas", ParameterType.number(0, 1000), "how many pods stay; fewer than there are")
                            .otherwise("0"))
            .changes("`/spec/replicas`")
            .provenBy("within 90 s no more than that many of its pods are left")
            .undoneBy("the number as it was. What the pods kept in an emptyDir is lost")
            .madeBy(ScaledDown::new);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Arguments arguments;
    private final String deployment;
    private final int replicas;

    private ScaledDown(Arguments arguments) {
        this.arguments = arguments;
        this.deployment = arguments.text("deployment");
        this.replicas = arguments.number("replicas");
    }

    /** Takes every pod of a Deployment away. What its pods kept in an emptyDir is lost. */
    public static ScaledDown toZero(String deployment) {
        return to(deployment, 0);
    }

    /**
     * Leaves some pods of a Deployment.
     *
     * @param replicas fewer than it has
     */
    public static ScaledDown to(String deployment, int replicas) {
        return new ScaledDown(KIND.check(Map.of("deployment", deployment, "replicas", replicas)));
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                KIND.name(),
                "Deployment/" + deployment,
                replicas == 0
                        ? "the Deployment has no pods, and its program is away"
                        : "the Deployment has no more than " + replicas + (replicas == 1 ? " pod" : " pods"),
                arguments.inWords());
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        DeploymentTarget target = new DeploymentTarget(scene, deployment);
        FieldChange change = scene.objects()
                .set(target.ref(), "/spec/replicas", JSON.getNodeFactory().numberNode(replicas));
        int now = change.before().map(value -> value.asInt(1)).orElse(1);
        if (now <= replicas) {
            throw new ConfigurationException("scaled-down: replicas must be fewer than the " + now + " that Deployment/"
                    + deployment + " has, not " + replicas);
        }
        return new FaultPlan(List.of(change), (now - replicas) + " of " + now + " pods of Deployment " + deployment);
    }

    @Override
    public Proof proof() {
        String left = replicas == 0 ? "no pod" : "no more than " + replicas + " pods";
        return new DeploymentProof(
                deployment,
                left + " of Deployment " + deployment + (replicas == 0 ? " is left" : " are left"),
                DeploymentProof.ROLL_OUT,
                (target, plan) -> {
                    int pods = target.all().size();
                    return pods <= replicas
                            ? Optional.of("Deployment " + deployment + " has "
                                    + (pods == 0 ? "no pod any more" : pods + " pods"))
                            : Optional.empty();
                });
    }
}
