package dev.firedrill.harness.fault.workload;

import dev.firedrill.harness.fault.Change;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.ObjectFields;
import dev.firedrill.harness.fault.ObjectRef;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Spelling;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Deployment as a target: its template, and the pods that come of it. */
record DeploymentTarget(FaultScene scene, String name) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    ObjectRef ref() {
        return ObjectRef.deployment(name);
    }

    /** A field of one container of its template; the first unless one is named. */
    String container(Optional<String> container, String field) {
        return container(scene, ref(), container, field);
    }

    /** The same of whatever has a template. */
    static String container(FaultScene scene, ObjectRef ref, Optional<String> container, String field) {
        JsonNode containers = scene.objects().require(ref).at("/spec/template/spec/containers");
        List<String> names = new ArrayList<>();
        containers.forEach(each -> names.add(each.path("name").asString("")));
        for (int i = 0; i < names.size(); i++) {
            if (container.isEmpty() || container.get().equals(names.get(i))) {
                return "/spec/template/spec/containers/" + i + "/" + field;
            }
        }
        throw new ConfigurationException(ref + " has no container \"" + container.orElse("") + "\"; allowed: "
                + String.join(", ", names) + Spelling.guess(container.orElse(""), names));
    }

    /** A roll-out of one changed field of a container, without overlap. */
    FaultPlan rollOut(Optional<String> container, String field, JsonNode value) {
        List<Change> changes = new ArrayList<>();
        withoutOverlap().ifPresent(changes::add);
        changes.add(scene.objects().set(ref(), container(container, field), value));
        return new FaultPlan(changes, "every pod of Deployment " + name);
    }

    /**
     * A change after which the old pods go before the new ones come: else a roll-out that gets stuck leaves the old
     * ones, and nobody notices. None if it is so already.
     */
    private Optional<Change> withoutOverlap() {
        JsonNode recreate = JSON.createObjectNode().put("type", "Recreate");
        boolean already = ObjectFields.field(scene.objects().require(ref()), "/spec/strategy")
                .filter(recreate::equals)
                .isPresent();
        return already ? Optional.empty() : Optional.of(scene.objects().set(ref(), "/spec/strategy", recreate));
    }

    /** Its pods that are not on their way out. */
    List<Pod> pods() {
        return all().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    /** Its pods, those on their way out too. */
    List<Pod> all() {
        Deployment now = scene.client()
                .apps()
                .deployments()
                .inNamespace(scene.namespace())
                .withName(name)
                .require();
        LabelSelector selector = now.getSpec().getSelector();
        return scene.client()
                .pods()
                .inNamespace(scene.namespace())
                .withLabelSelector(selector)
                .list()
                .getItems();
    }

    /** The first of its pods with a container of which this is true. */
    Optional<String> podWith(Predicate<ContainerStatus> state) {
        return pods().stream()
                .filter(pod -> pod.getStatus() != null
                        && pod.getStatus().getContainerStatuses().stream().anyMatch(state))
                .map(pod -> pod.getMetadata().getName())
                .findFirst();
    }

    /** Why a container waits, as Kubernetes words it; empty if it does not. */
    static String waiting(ContainerStatus container) {
        return container.getState() == null || container.getState().getWaiting() == null
                ? ""
                : Optional.ofNullable(container.getState().getWaiting().getReason())
                        .orElse("");
    }
}
