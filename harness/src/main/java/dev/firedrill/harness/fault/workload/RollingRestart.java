package dev.firedrill.harness.fault.workload;

import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.ObjectFields;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import dev.firedrill.harness.fault.Proof;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Every pod of a Deployment is replaced, as its strategy says: a roll-out in which nothing else changes. */
public final class RollingRestart implements Fault {
    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named("rolling-restart")
            .group("workload")
            .harms("Every pod of a Deployment is replaced, one after the other or all at once as its strategy says:"
                    + " `kubectl rollout restart`.")
            .takes(Parameter.of("deployment", ParameterType.name(), "the Deployment"))
            .changes("the annotation `kubectl.kubernetes.io/restartedAt` of the template gets the time of the harness's"
                    + " clock")
            .provenBy("within 90 s all pods of the Deployment carry it")
            .undoneBy(
                    "the annotation as it was, which replaces every pod once more. What the pods kept in an emptyDir is"
                            + " lost")
            .madeBy(RollingRestart::new);

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ANNOTATION = "kubectl.kubernetes.io/restartedAt";

    private final Arguments arguments;
    private final String deployment;

    private RollingRestart(Arguments arguments) {
        this.arguments = arguments;
        this.deployment = arguments.text("deployment");
    }

    /** Replaces every pod of a Deployment. */
    public static RollingRestart of(String deployment) {
        return new RollingRestart(KIND.check(Map.of("deployment", deployment)));
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                KIND.name(),
                "Deployment/" + deployment,
                "every pod of the Deployment is replaced",
                arguments.inWords());
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        String now = scene.journal().clock().now().toString();
        return new FaultPlan(
                List.of(scene.objects()
                        .set(
                                new DeploymentTarget(scene, deployment).ref(),
                                "/spec/template/metadata/annotations/" + ObjectFields.escaped(ANNOTATION),
                                JSON.getNodeFactory().stringNode(now))),
                "every pod of Deployment " + deployment);
    }

    @Override
    public Proof proof() {
        return new DeploymentProof(
                deployment,
                "all pods of Deployment " + deployment + " are new",
                DeploymentProof.ROLL_OUT,
                (target, plan) -> {
                    String restarted = plan.onlyField().shownAfter();
                    List<Pod> pods = target.pods();
                    boolean all = !pods.isEmpty()
                            && pods.stream()
                                    .map(pod -> pod.getMetadata().getAnnotations())
                                    .allMatch(map -> map != null && restarted.equals(map.get(ANNOTATION)));
                    return all
                            ? Optional.of("all " + pods.size() + " pods of Deployment " + deployment + " are new")
                            : Optional.empty();
                });
    }
}
