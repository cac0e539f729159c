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
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pods that work and say that they are not ready, so that nothing is sent to them. */
public final class ReadinessLie implements Fault {
    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named("readiness-lie")
            .group("workload")
            .harms("The pods of a Deployment work and say that they are not ready: its Services have no"
                    + " endpoints, though"
                    + " every program is well.")
            .takes(
                    Parameter.of("deployment", ParameterType.name(), "the Deployment"),
                    Parameter.of("container", ParameterType.name(), "the container; the first if not given")
                            .optional())
            .changes("`/spec/strategy` becomes `Recreate`, so that no old pod goes on serving; the container's"
                    + " `readinessProbe` becomes one of a port on which nothing listens")
            .provenBy("within 90 s all pods of the Deployment run, have run for 3 s, and none is ready")
            .undoneBy("both fields as they were, which rolls out again. What the pods kept in an emptyDir is lost")
            .madeBy(ReadinessLie::new);

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(3);

    private final Arguments arguments;
    private final String deployment;

    private ReadinessLie(Arguments arguments) {
        this.arguments = arguments;
        this.deployment = arguments.text("deployment");
    }

    /** Lets the pods of a Deployment say that they are not ready. */
    public static ReadinessLie of(String deployment) {
        return new ReadinessLie(KIND.check(Map.of("deployment", deployment)));
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                KIND.name(),
                "Deployment/" + deployment,
                "the pods of the Deployment work and say that they are not ready",
                arguments.inWords());
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        return new DeploymentTarget(scene, deployment)
                .rollOut(arguments.textIfAny("container"), "readinessProbe", neverReady());
    }

    /** Complete, so that the cluster fills nothing in and the field stays as it was written. */
    private static JsonNode neverReady() {
        return JSON.createObjectNode()
                .put("failureThreshold", 1)
                .put("periodSeconds", 1)
                .put("successThreshold", 1)
                .put("timeoutSeconds", 1)
                .set("tcpSocket", JSON.createObjectNode().put("port", 1));
    }

    @Override
    public Proof proof() {
        return new DeploymentProof(
                deployment,
                "all pods of Deployment " + deployment + " run and none is ready",
                DeploymentProof.ROLL_OUT,
                (target, plan) -> {
                    Instant now = target.scene().journal().clock().now();
                    List<Pod> pods = target.pods();
                    boolean all = !pods.isEmpty() && pods.stream().allMatch(pod -> lies(pod, now));
                    return all
                            ? Optional.of("all " + pods.size() + " pods of Deployment " + deployment
                                    + " run and say that they are not ready")
                            : Optional.empty();
                });
    }

    private static boolean lies(Pod pod, Instant now) {
        List<ContainerStatus> containers =
                pod.getStatus() == null ? List.of() : pod.getStatus().getContainerStatuses();
        return !containers.isEmpty()
                && containers.stream()
                        .allMatch(container -> container.getState() != null
                                && container.getState().getRunning() != null
                                && Instant.parse(container
                                                .getState()
                                                .getRunning()
                                                .getStartedAt())
                                        .plus(LONG_ENOUGH)
                                        .isBefore(now))
                && containers.stream().anyMatch(container -> Boolean.FALSE.equals(container.getReady()));
    }
}
