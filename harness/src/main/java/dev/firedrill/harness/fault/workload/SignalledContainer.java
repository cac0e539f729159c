package dev.firedrill.harness.fault.workload;

import dev.firedrill.harness.agent.AgentDeployment;
import dev.firedrill.harness.agent.ContainerSignal;
import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.ObjectCreation;
import dev.firedrill.harness.fault.ObjectRef;
import dev.firedrill.harness.fault.Proof;
import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A container that gets a signal from its node: by a Deployment of one privileged pod, which sends it when it starts,
 * and takes it back, if that can be, when it ends. So its undo is that of any object that was made.
 */
final class SignalledContainer implements Fault {
    /** What was seen of the container that got the signal. */
    @FunctionalInterface
    interface Look {
        Optional<String> at(FaultScene scene, Pod pod, ContainerStatus container, String id);
    }

    /** The label of the pods that send signals; its value is their Deployment's name. */
    private static final String LABEL = "firedrill.dev/signal";

    private static final String CONTAINER = "firedrill.dev/reaches-container";
    private static final String ID = "firedrill.dev/reaches-container-id";
    private static final Duration EFFECT = Duration.ofSeconds(60);
    private static final int NAME_LENGTH = 12;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String kind;
    private final String harm;
    private final ContainerSignal.Kind signal;
    private final Arguments arguments;
    private final String effect;
    private final Look look;
    private final String mark = UUID.randomUUID().toString();

    SignalledContainer(
            String kind, String harm, ContainerSignal.Kind signal, Arguments arguments, String effect, Look look) {
        this.kind = kind;
        this.harm = harm;
        this.signal = signal;
        this.arguments = arguments;
        this.effect = effect;
        this.look = look;
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(kind, "Pod " + arguments.labels("selector"), harm, arguments.inWords());
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        Pod pod = TakenPod.only(kind, scene, arguments.labels("selector"));
        ContainerStatus container = container(pod);
        String id = container.getContainerID();
        if (id == null || container.getState() == null || container.getState().getRunning() == null) {
            throw new ConfigurationException(kind + " needs a container that runs; " + container.getName() + " of pod "
                    + pod.getMetadata().getName() + " does not");
        }
        String name = "firedrill-" + kind.replace("container-", "") + "-"
                + id.replaceAll("[^a-z0-9]", "")
                        .substring(Math.max(0, id.replaceAll("[^a-z0-9]", "").length() - NAME_LENGTH));
        ObjectNode deployment = deployment(name, pod, id);
        deployment
                .withObject("/metadata/annotations")
                .put(ObjectCreation.REACHES, pod.getMetadata().getName())
                .put(CONTAINER, container.getName())
                .put(ID, id);
        return new FaultPlan(
                List.of(new ObjectCreation(ObjectRef.deployment(name), mark, deployment)),
                "container " + container.getName() + " of one pod: "
                        + pod.getMetadata().getName());
    }

    private ContainerStatus container(Pod pod) {
        String name = arguments
                .textIfAny("container")
                .orElseGet(() -> pod.getSpec().getContainers().get(0).getName());
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(kind + ": pod "
                        + pod.getMetadata().getName() + " has no container \"" + name + "\"; allowed: "
                        + String.join(
                                ", ",
                                pod.getSpec().getContainers().stream()
                                        .map(Container::getName)
                                        .toList())));
    }

    /** On the pod's own node, whose processes it sees. */
    private ObjectNode deployment(String name, Pod target, String id) {
        ObjectNode object = JSON.createObjectNode().put("apiVersion", "apps/v1").put("kind", "Deployment");
        object.withObject("/metadata")
                .put("name", name)
                .putObject("labels")
                .put("app.kubernetes.io/managed-by", "firedrill");
        object.withObject("/spec")
                .put("replicas", 1)
                .putObject("selector")
                .putObject("matchLabels")
                .put(LABEL, name);
        object.withObject("/spec/template/metadata/labels").put(LABEL, name);
        ObjectNode pod = object.withObject("/spec/template/spec")
                .put("nodeName", target.getSpec().getNodeName())
                .put("hostPID", true)
                .put("enableServiceLinks", false)
                .put("automountServiceAccountToken", false)
                .put("terminationGracePeriodSeconds", 10);
        ObjectNode container = pod.putArray("containers")
                .addObject()
                .put("name", "signal")
                .put("image", AgentDeployment.standard().image())
                .put("imagePullPolicy", "IfNotPresent");
        List.of(ContainerSignal.ARGUMENT, signal.name(), id).forEach(container.withArray("args")::add);
        container.putObject("securityContext").put("privileged", true).put("runAsUser", 0);
        container.putArray("ports").addObject().put("containerPort", ContainerSignal.PORT);
        ObjectNode ready = container.putObject("readinessProbe").put("periodSeconds", 1);
        ready.putObject("tcpSocket").put("port", ContainerSignal.PORT);
        container.putObject("resources").set("requests", JSON.valueToTree(Map.of("cpu", "10m", "memory", "32Mi")));
        return object;
    }

    @Override
    public Proof proof() {
        return new Proof() {
            @Override
            public String describe() {
                return effect;
            }

            @Override
            public Duration within() {
                return EFFECT;
            }

            @Override
            public Optional<String> evidence(FaultScene scene, FaultPlan plan) {
                return plan.changes().get(0) instanceof ObjectCreation made ? seen(scene, made) : Optional.empty();
            }
        };
    }

    private Optional<String> seen(FaultScene scene, ObjectCreation made) {
        Pod pod = scene.client()
                .pods()
                .inNamespace(scene.namespace())
                .withName(annotation(made, ObjectCreation.REACHES))
                .get();
        return pod == null
                ? Optional.empty()
                : pod.getStatus().getContainerStatuses().stream()
                        .filter(status -> status.getName().equals(annotation(made, CONTAINER)))
                        .findFirst()
                        .flatMap(status -> look.at(scene, pod, status, annotation(made, ID)));
    }

    private static String annotation(ObjectCreation made, String key) {
        return made.object().path("metadata").path("annotations").path(key).asString("");
    }
}
