package dev.firedrill.harness.fault;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.Objects;
import java.util.stream.Stream;

/** How a pod reads a ConfigMap or a Secret: through a volume, or in the environment of a container. */
final class PodReads {
    private final PodSpec pod;

    PodReads(PodSpec pod) {
        this.pod = pod;
    }

    boolean reads(ObjectRef source) {
        return mounts(source) || hasInEnvironment(source);
    }

    /** Through a volume, which follows what it shows. */
    boolean mounts(ObjectRef source) {
        return pod.getVolumes().stream().anyMatch(volume -> shows(volume, source))
                || pod.getVolumes().stream()
                        .map(Volume::getProjected)
                        .filter(Objects::nonNull)
                        .flatMap(projected -> projected.getSources().stream())
                        .anyMatch(part -> shows(part, source));
    }

    private boolean hasInEnvironment(ObjectRef source) {
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                .anyMatch(container -> hasInEnvironment(container, source));
    }

    private static boolean hasInEnvironment(Container container, ObjectRef source) {
        return container.getEnvFrom().stream().anyMatch(all -> names(all, source))
                || container.getEnv().stream()
                        .map(EnvVar::getValueFrom)
                        .anyMatch(one -> one != null && names(one, source));
    }

    private static boolean shows(Volume volume, ObjectRef source) {
        return source.isSecret()
                ? volume.getSecret() != null
                        && source.name().equals(volume.getSecret().getSecretName())
                : volume.getConfigMap() != null
                        && source.name().equals(volume.getConfigMap().getName());
    }

    private static boolean shows(VolumeProjection part, ObjectRef source) {
        return source.isSecret()
                ? part.getSecret() != null
                        && source.name().equals(part.getSecret().getName())
                : part.getConfigMap() != null
                        && source.name().equals(part.getConfigMap().getName());
    }

    private static boolean names(EnvFromSource all, ObjectRef source) {
        return source.isSecret()
                ? all.getSecretRef() != null
                        && source.name().equals(all.getSecretRef().getName())
                : all.getConfigMapRef() != null
                        && source.name().equals(all.getConfigMapRef().getName());
    }

    private static boolean names(EnvVarSource one, ObjectRef source) {
        return source.isSecret()
                ? one.getSecretKeyRef() != null
                        && source.name().equals(one.getSecretKeyRef().getName())
                : one.getConfigMapKeyRef() != null
                        && source.name().equals(one.getConfigMapKeyRef().getName());
    }
}
