package dev.firedrill.harness.fault.workload;

import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import dev.firedrill.harness.fault.Proof;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** A roll-out of an image that cannot be had: its pods wait, and the old ones serve if the strategy left any. */
public final class BadImage implements Fault {
    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named("bad-image")
            .group("workload")
            .harms("A Deployment rolls out an image that cannot be pulled. Its new pods wait; whether users"
                    + " notice depends"
                    + " on its strategy.")
            .takes(
                    Parameter.of("deployment", ParameterType.name(), "the Deployment"),
                    Parameter.of("container", ParameterType.name(), "the container; the first if not given")
                            .optional(),
                    Parameter.of("image", ParameterType.text(), "the image that cannot be had")
                            .otherwise("firedrill.invalid/no-such-image:1"))
            .changes("`/spec/template/spec/containers/N/image`")
            .provenBy(
                    "within 90 s a pod of the Deployment waits for its image (`ErrImagePull`, `ImagePullBackOff` or the"
                            + " like)")
            .undoneBy("the image as it was, which rolls out again")
            .madeBy(BadImage::new);

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> REASONS =
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable");

    private final Arguments arguments;
    private final String deployment;

    private BadImage(Arguments arguments) {
        this.arguments = arguments;
        this.deployment = arguments.text("deployment");
    }

    /** Rolls out an image that nobody has in the first container of a Deployment. */
    public static BadImage in(String deployment) {
        return new BadImage(KIND.check(Map.of("deployment", deployment)));
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                KIND.name(),
                "Deployment/" + deployment,
                "the Deployment rolls out the image " + arguments.text("image") + ", which cannot be pulled",
                arguments.inWords());
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        DeploymentTarget target = new DeploymentTarget(scene, deployment);
        return new FaultPlan(
                List.of(scene.objects()
                        .set(
                                target.ref(),
                                target.container(arguments.textIfAny("container"), "image"),
                                JSON.getNodeFactory().stringNode(arguments.text("image")))),
                "the pods of Deployment " + deployment + " that its strategy replaces");
    }

    @Override
    public Proof proof() {
        return new DeploymentProof(
                deployment,
                "a pod of Deployment " + deployment + " waits for its image",
                DeploymentProof.ROLL_OUT,
                (target, plan) -> target.podWith(status -> REASONS.contains(DeploymentTarget.waiting(status)))
                        .map(pod -> "pod " + pod + " waits for its image"));
    }
}
