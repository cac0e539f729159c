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
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Spelling;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A wrong value in the environment of a Deployment's program, such as the address of something that is not there. */
public final class ChangedEnvironment implements Fault {
    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named("changed-environment")
            .group("configuration")
            .harms("A variable in the environment of a Deployment's program gets another value, and is rolled out.")
            .takes(
                    Parameter.of("deployment", ParameterType.name(), "the Deployment"),
                    Parameter.of("container", ParameterType.name(), "the container; the first if not given")
                            .optional(),
                    Parameter.of("variable", ParameterType.key(), "the variable, which the container must have"),
                    Parameter.of("value", ParameterType.text(), "its value"))
            .changes("`/spec/strategy` becomes `Recreate`, so that no old pod goes on serving; the variable's entry"
                    + " in the container's `env`")
            .provenBy("within 90 s every pod of the Deployment is one that was started with the value")
            .undoneBy("both fields as they were, which rolls out again. What the pods kept in an emptyDir is lost")
            .madeBy(ChangedEnvironment::new);

    private final Arguments arguments;
    private final String deployment;
    private final String variable;
    private final String value;

    private ChangedEnvironment(Arguments arguments) {
        this.arguments = arguments;
        this.deployment = arguments.text("deployment");
        this.variable = arguments.text("variable");
        this.value = arguments.text("value");
    }

    /** Changes a variable of the first container of a Deployment. */
    public static ChangedEnvironment of(String deployment, String variable, String value) {
        return new ChangedEnvironment(
                KIND.check(Map.of("deployment", deployment, "variable", variable, "value", value)));
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                KIND.name(),
                "Deployment/" + deployment,
                "the program's " + variable + " is " + value,
                arguments.inWords());
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        DeploymentTarget target = new DeploymentTarget(scene, deployment);
        Optional<String> container = arguments.textIfAny("container");
        JsonNode environment = scene.objects().require(target.ref()).at(target.container(container, "env"));
        List<String> names = new ArrayList<>();
        environment.forEach(each -> names.add(each.path("name").asString("")));
        int index = names.indexOf(variable);
        if (index < 0) {
            throw new ConfigurationException("the container of Deployment/" + deployment + " has no variable \""
                    + variable + "\"; allowed: " + String.join(", ", names) + Spelling.guess(variable, names));
        }
        return target.rollOut(
                container,
                "env/" + index,
                JsonNodeFactory.instance.objectNode().put("name", variable).put("value", value));
    }

    @Override
    public Proof proof() {
        return new DeploymentProof(
                deployment,
                "all pods of Deployment " + deployment + " were started with the changed " + variable,
                DeploymentProof.ROLL_OUT,
                (target, plan) -> {
                    List<Pod> pods = target.all();
                    return !pods.isEmpty() && pods.stream().allMatch(this::startedWithIt)
                            ? Optional.of("all " + pods.size() + " pods of Deployment " + deployment
                                    + " were started with " + variable + "=" + value)
                            : Optional.empty();
                });
    }

    private boolean startedWithIt(Pod pod) {
        boolean started = pod.getStatus() != null
                && pod.getStatus().getContainerStatuses().stream().anyMatch(ChangedEnvironment::started);
        return started
                && pod.getSpec().getContainers().stream()
                        .flatMap(each -> each.getEnv().stream())
                        .anyMatch(this::isIt);
    }

    private static boolean started(ContainerStatus container) {
        return container.getRestartCount() > 0
                || (container.getState() != null
                        && (container.getState().getRunning() != null
                                || container.getState().getTerminated() != null));
    }

    private boolean isIt(EnvVar each) {
        return each.getName().equals(variable) && value.equals(each.getValue());
    }
}
