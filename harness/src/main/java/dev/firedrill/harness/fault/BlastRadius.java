package dev.firedrill.harness.fault;

import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

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
            case "Service" -> selected(target, "/spec/selector");
            case "Deployment", "ReplicaSet" -> selected(target, "/spec/selector/matchLabels");
            case "ConfigMap", "Secret" -> pods.stream().filter(pod -> reads(pod.getSpec(), target));
            default -> Stream.of();
        };
    }

    private Stream<Pod> selected(ObjectRef target, String pointer) {
        Map<String, String> selector = new HashMap<>();
        scene.objects().read(target).ifPresent(object -> {
            JsonNode labels = object.at(pointer);
            labels.propertyNames()
                    .forEach(key -> selector.put(key, labels.path(key).asString("")));
        });
        return pods.stream()
                .filter(pod -> !selector.isEmpty() && pod.getMetadata().getLabels() != null)
                .filter(pod -> pod.getMetadata().getLabels().entrySet().containsAll(selector.entrySet()));
    }

    private static boolean reads(PodSpec spec, ObjectRef target) {
        boolean secret = target.isSecret();
        Predicate<Volume> mounted = volume -> secret
                ? volume.getSecret() != null
                        && target.name().equals(volume.getSecret().getSecretName())
                : volume.getConfigMap() != null
                        && target.name().equals(volume.getConfigMap().getName());
        return spec.getVolumes().stream().anyMatch(mounted)
                || spec.getContainers().stream()
                        .flatMap(container -> container.getEnvFrom().stream())
                        .anyMatch(source -> names(source, target))
                || spec.getContainers().stream()
                        .flatMap(container -> container.getEnv().stream())
                        .map(EnvVar::getValueFrom)
                        .anyMatch(source -> source != null && names(source, target));
    }

    private static boolean names(EnvFromSource source, ObjectRef target) {
        return target.isSecret()
                ? source.getSecretRef() != null
                        && target.name().equals(source.getSecretRef().getName())
                : source.getConfigMapRef() != null
                        && target.name().equals(source.getConfigMapRef().getName());
    }

    private static boolean names(EnvVarSource source, ObjectRef target) {
        return target.isSecret()
                ? source.getSecretKeyRef() != null
                        && target.name().equals(source.getSecretKeyRef().getName())
                : source.getConfigMapKeyRef() != null
                        && target.name().equals(source.getConfigMapKeyRef().getName());
    }
}
