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
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A program that ends right after its start, again and again, in all pods of a Deployment at once. */
public final class CrashLoop implements Fault {
    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named("crash-loop")
            .group("workload")
            .harms("The program of a Deployment ends right after its start, again and again, in all of its pods.")
            .takes(
                    Parameter.of("deployment", ParameterType.name(), "the Deployment"),
                    Parameter.of("container", ParameterType.name(), "the container; the first if not given")
                            .optional())
            .changes(
                    "`/spec/strategy` becomes `Recreate`, so that no old pod goes on serving; the container's `command`"
                            + " becomes `sh -c \"exit 1\"` (an image without a shell cannot be started, and"
                            + " loops as well)")
            .provenBy("within 90 s the container of one of its pods has been restarted, or waits in `CrashLoopBackOff`")
            .undoneBy("both fields as they were, which rolls out again. What the pods kept in an emptyDir is lost")
            .madeBy(CrashLoop::new);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Arguments arguments;
    private final String deployment;

    private CrashLoop(Arguments arguments) {
        this.arguments = arguments;
        this.deployment = arguments.text("deployment");
    }

    /** Lets the first container of a Deployment crash. */
    public static CrashLoop of(String deployment) {
        return new CrashLoop(KIND.check(Map.of("deployment", deployment)));
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                KIND.name(),
                "Deployment/" + deployment,
                "the program of the Deployment ends right after its start, again and again",
                arguments.inWords());
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        return new DeploymentTarget(scene, deployment)
                .rollOut(
                        arguments.textIfAny("container"),
                        "command",
                        JSON.valueToTree(List.of("/bin/sh", "-c", "exit 1")));
    }

    @Override
    public Proof proof() {
        return new DeploymentProof(
                deployment,
                "a pod of Deployment " + deployment + " crashes again and again",
                DeploymentProof.ROLL_OUT,
                (target, plan) -> target.podWith(CrashLoop::crashes).map(pod -> "pod " + pod + " crashes in a loop"));
    }

    private static boolean crashes(ContainerStatus container) {
        boolean failed = container.getLastState() != null
                && container.getLastState().getTerminated() != null
                && container.getLastState().getTerminated().getExitCode() != 0;
        return DeploymentTarget.waiting(container).equals("CrashLoopBackOff")
                || DeploymentTarget.waiting(container).equals("RunContainerError")
                || (container.getRestartCount() > 0 && failed && !Boolean.TRUE.equals(container.getReady()));
    }
}
