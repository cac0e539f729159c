package dev.firedrill.harness.fault;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Which pods a plan touches, from the objects that it changes. */
final class BlastRadius {
    private final FaultScene scene;
    private final List<Pod> pods;

    private BlastRadius(FaultScene scene) {
        this.scene = scene;
        this.pods = scene.client().pods().inNamespace(scene.namespace()).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    /**
     * The names of the pods, in alphabetical order: those that a Service leads to, that a Deployment makes, that read a
     * ConfigMap or a Secret.
     */
    static List<String> pods(FaultScene scene, FaultPlan plan) {
        BlastRadius radius = new BlastRadius(scene);
        TreeSet<String> names = new TreeSet<>();
        plan.changes().forEach(change -> {
            radius.touched(change.target())
                    .forEach(pod -> names.add(pod.getMetadata().getName()));
            if (change instanceof ObjectCreation made) {
                String reached = made.object()
                        .at("/metadata/annotations/" + ObjectFields.escaped(ObjectCreation.REACHES))
                        .asString("");
                Stream.of(reached).filter(name -> !name.isEmpty()).forEach(names::add);
            }
        });
        return List.copyOf(names);
    }

    private Stream<Pod> touched(ObjectRef target) {
        return switch (target.kind()) {
            case "Pod" ->
                pods.stream()
                        .filter(pod -> target.name().equals(pod.getMetadata().getName()));
            case "Service" -> selected(target, BlastRadius::ofLabels);
            case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet" -> selected(target, this::selector);
            case "ConfigMap", "Secret" -> pods.stream().filter(pod -> new PodReads(pod.getSpec()).reads(target));
            default -> Stream.of();
        };
    }

    private Stream<Pod> selected(ObjectRef target, Function<JsonNode, LabelSelector> selector) {
        JsonNode field = scene.objects()
                .read(target)
                .map(object -> object.at("/spec/selector"))
                .orElseGet(MissingNode::getInstance);
        // A Service without a selector leads to no pod of its own; as a label selector it would be all pods.
        return field.isEmpty() ? Stream.of() : among(selector.apply(field));
    }

    /** Those that the server finds, which knows all operators of a selector. */
    private Stream<Pod> among(LabelSelector selector) {
        Set<String> found =
                scene
                        .client()
                        .pods()
                        .inNamespace(scene.namespace())
                        .withLabelSelector(selector)
                        .list()
                        .getItems()
                        .stream()
                        .map(pod -> pod.getMetadata().getName())
                        .collect(Collectors.toSet());
        return pods.stream().filter(pod -> found.contains(pod.getMetadata().getName()));
    }

    private static LabelSelector ofLabels(JsonNode labels) {
        LabelSelectorBuilder selector = new LabelSelectorBuilder();
        labels.properties()
                .forEach(label -> selector.addToMatchLabels(
                        label.getKey(), label.getValue().asString("")));
        return selector.build();
    }

    private LabelSelector selector(JsonNode selector) {
        return scene.client().getKubernetesSerialization().unmarshal(selector.toString(), LabelSelector.class);
    }
}
