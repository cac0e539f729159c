package dev.firedrill.harness.fault.workload;

import dev.firedrill.harness.agent.ContainerSignal;
import dev.firedrill.harness.agent.FetchRequest;
import dev.firedrill.harness.agent.FetchResult;
import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A container stands still: its connections are taken, and nobody answers. */
public final class ContainerFreeze {
    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named("container-freeze")
            .group("workload")
            .harms("The program of a container stands still (SIGSTOP): connections to it are accepted, and nobody"
                    + " answers.")
            .takes(
                    Parameter.of(
                            "selector",
                            ParameterType.labels(),
                            "the labels of the one pod; none or several is bad input"),
                    Parameter.of("container", ParameterType.name(), "the container; the first if not given")
                            .optional(),
                    Parameter.of("port", ParameterType.port(), "its port of HTTP; the first that it declares")
                            .optional())
            .changes("a Deployment `firedrill-freeze-…` of one privileged pod with the processes of its node, which"
                    + " stops those of the container for as long as it runs. On clusters of our own (k3s, embedded)"
                    + " alone: no Role of one namespace can allow it")
            .provenBy("within 60 s the same container runs, and a request to its pod has no answer for 1 s")
            .undoneBy("the Deployment is deleted: at its end the processes go on (SIGCONT). If a liveness probe had the"
                    + " container started anew meanwhile, the fault was over then")
            .madeBy(ContainerFreeze::made);

    private static final Duration NO_ANSWER = Duration.ofSeconds(1);

    private ContainerFreeze() {}

    private static Fault made(Arguments arguments) {
        return new SignalledContainer(
                KIND.name(),
                "a program stands still, and those who wait for it wait",
                ContainerSignal.Kind.STOP,
                arguments,
                "the container runs and does not answer",
                (scene, pod, container, id) -> silent(scene, pod, container, id, arguments));
    }

    /** Stops the first container of the one pod that carries all these labels; none or several are refused. */
    public static Fault of(Map<String, String> selector) {
        return made(KIND.check(Map.of("selector", selector)));
    }

    private static Optional<String> silent(
            FaultScene scene, Pod pod, ContainerStatus container, String id, Arguments arguments) {
        if (!id.equals(container.getContainerID()) || container.getState().getRunning() == null) {
            return Optional.empty();
        }
        String url = "http://" + authority(pod.getStatus().getPodIP()) + ":" + port(pod, container, arguments) + "/";
        FetchResult answer = scene.agent().fetch(FetchRequest.get(url).within(NO_ANSWER));
        return answer.answered() || answer.took().compareTo(NO_ANSWER) < 0
                ? Optional.empty()
                : Optional.of("container " + container.getName() + " of pod "
                        + pod.getMetadata().getName() + " runs, and GET " + url + " from inside has no answer: "
                        + answer.error());
    }

    private static String authority(String ip) {
        return ip.contains(":") ? "[" + ip + "]" : ip;
    }

    private static int port(Pod pod, ContainerStatus container, Arguments arguments) {
        if (arguments.has("port")) {
            return arguments.number("port");
        }
        return pod.getSpec().getContainers().stream()
                .filter(each -> each.getName().equals(container.getName()))
                .flatMap(each -> each.getPorts().stream())
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        KIND.name() + ": container " + container.getName() + " declares no port; give port"))
                .getContainerPort();
    }
}
