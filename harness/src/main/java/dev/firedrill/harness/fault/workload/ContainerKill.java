package dev.firedrill.harness.fault.workload;

import dev.firedrill.harness.agent.ContainerSignal;
import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A container is killed by its node, and started anew in the same pod. */
public final class ContainerKill {
    private static final int KILLED = 137;

    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named("container-kill")
            .group("workload")
            .harms("The program of a container is killed (SIGKILL) while its pod stays: its node starts it anew, with"
                    + " what is in the pod's volumes.")
            .takes(
                    Parameter.of(
                            "selector",
                            ParameterType.labels(),
                            "the labels of the one pod; none or several is bad input"),
                    Parameter.of("container", ParameterType.name(), "the container; the first if not given")
                            .optional())
            .changes("a Deployment `firedrill-kill-…` of one privileged pod with the processes of its node, which"
                    + " kills those of the container. On clusters of our own (k3s, embedded) alone: no Role of one"
                    + " namespace can allow it")
            .provenBy("within 60 s the container of that id has ended with status 137, as its node tells")
            .undoneBy("the Deployment is deleted. The node has started the container anew; one that is killed often"
                    + " waits longer each time")
            .madeBy(ContainerKill::made);

    private ContainerKill() {}

    private static Fault made(Arguments arguments) {
        return new SignalledContainer(
                KIND.name(),
                "a program is killed, and away until its node has started it anew",
                ContainerSignal.Kind.KILL,
                arguments,
                "the container has ended with status " + KILLED,
                ContainerKill::ended);
    }

    /** Kills the first container of the one pod that carries all these labels; none or several are refused. */
    public static Fault of(Map<String, String> selector) {
        return made(KIND.check(Map.of("selector", selector)));
    }

    private static Optional<String> ended(FaultScene scene, Pod pod, ContainerStatus container, String id) {
        return Stream.of(container.getState(), container.getLastState())
                .flatMap(state -> Stream.ofNullable(state).flatMap(each -> Stream.ofNullable(each.getTerminated())))
                .filter(end -> id.equals(end.getContainerID()) && end.getExitCode() == KILLED)
                .findFirst()
                .map(end -> words(pod, container, end));
    }

    private static String words(Pod pod, ContainerStatus container, ContainerStateTerminated end) {
        return "container " + container.getName() + " of pod "
                + pod.getMetadata().getName() + " ended with status " + end.getExitCode() + " at "
                + end.getFinishedAt();
    }
}
