package dev.firedrill.harness.fault.workload;

import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.FieldReadBack;
import dev.firedrill.harness.fault.ObjectRef;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import dev.firedrill.harness.fault.Proof;
import dev.firedrill.harness.model.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * An image that cannot be had. A Deployment rolls it out: its new pods wait, and the old ones serve if the strategy
 * left any. A ReplicaSet without a Deployment takes it for the next pod that it makes: nothing shows it until then.
 */
public final class BadImage implements Fault {
    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named("bad-image")
            .group("workload")
            .harms("An image cannot be pulled. A Deployment rolls it out, and its new pods wait; whether users notice"
                    + " depends on its strategy. A ReplicaSet that has no Deployment takes it for the pods that it"
                    + " makes from then on.")
            .takes(
                    Parameter.of("deployment", ParameterType.name(), "the Deployment")
                            .optional(),
                    Parameter.of("replicaSet", ParameterType.name(), "or the ReplicaSet that no Deployment made")
                            .optional(),
                    Parameter.of("container", ParameterType.name(), "the container; the first if not given")
                            .optional(),
                    Parameter.of("image", ParameterType.text(), "the image that cannot be had")
                            .otherwise("firedrill.invalid/no-such-image:1"))
            .changes("`/spec/template/spec/containers/N/image`")
            .provenBy(
                    "within 90 s a pod of the Deployment waits for its image (`ErrImagePull`, `ImagePullBackOff` or the"
                            + " like). Of a ReplicaSet: within 5 s it is read back, which is enough to *plant* it and"
                            + " not to *inject* it: a trigger such as `pod-eviction` must surface it")
            .undoneBy(
                    "the image as it was, which rolls out again. Of a ReplicaSet, the pods that were made with the bad"
                            + " image are deleted, since it would keep them")
            .madeBy(BadImage::new);

    private static final Set<String> REASONS =
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable");

    private final Arguments arguments;
    private final ObjectRef target;

    private BadImage(Arguments arguments) {
        this.arguments = arguments;
        if (arguments.has("deployment") == arguments.has("replicaSet")) {
            throw new ConfigurationException(
                    KIND.name() + " needs the place of the image; allowed: one of deployment and replicaSet");
        }
        this.target = arguments
                .textIfAny("deployment")
                .map(ObjectRef::deployment)
                .orElseGet(() -> ObjectRef.replicaSet(arguments.text("replicaSet")));
    }

    /** Rolls out an image that nobody has in the first container of a Deployment. */
    public static BadImage in(String deployment) {
        return new BadImage(KIND.check(Map.of("deployment", deployment)));
    }

    /** Leaves such an image in a ReplicaSet, for the next pod that it makes. */
    public static BadImage inReplicaSet(String replicaSet) {
        return new BadImage(KIND.check(Map.of("replicaSet", replicaSet)));
    }

    private boolean isRolledOut() {
        return target.kind().equals("Deployment");
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                KIND.name(),
                target.toString(),
                "the " + target.kind() + (isRolledOut() ? " rolls out" : " makes its next pods with") + " the image "
                        + arguments.text("image") + ", which cannot be pulled",
                arguments.inWords());
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        JsonNode owner = scene.objects().require(target).at("/metadata/ownerReferences/0");
        if (!isRolledOut() && !owner.isMissingNode()) {
            throw new ConfigurationException(target + " was made by "
                    + owner.path("kind").asString() + "/"
                    + owner.path("name").asString() + ", which keeps its template; allowed: a ReplicaSet that nothing"
                    + " made, or deployment");
        }
        return new FaultPlan(
                List.of(scene.objects()
                        .set(
                                target,
                                DeploymentTarget.container(scene, target, arguments.textIfAny("container"), "image"),
                                JsonNodeFactory.instance.stringNode(arguments.text("image")))),
                isRolledOut()
                        ? "the pods of " + target + " that its strategy replaces"
                        : "the pods that " + target + " makes from now on");
    }

    @Override
    public Proof proof() {
        if (!isRolledOut()) {
            return new FieldReadBack(
                    target + " makes its pods with the bad image", "image = " + arguments.text("image"));
        }
        return new DeploymentProof(
                target.name(),
                "a pod of " + target + " waits for its image",
                DeploymentProof.ROLL_OUT,
                (deployment, plan) -> deployment
                        .podWith(status -> REASONS.contains(DeploymentTarget.waiting(status)))
                        .map(pod -> "pod " + pod + " waits for its image"));
    }
}
