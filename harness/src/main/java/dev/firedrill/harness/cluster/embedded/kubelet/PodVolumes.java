package dev.firedrill.harness.cluster.embedded.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pod's volumes as directories, kept equal to the ConfigMaps and Secrets that they are made from. */
final class PodVolumes {
    private final NodeContext context;
    private final PodFiles files;
    private final ClusterObjects objects;
    private final Map<String, AtomicDirectory> directories = new HashMap<>();

    PodVolumes(NodeContext context, PodFiles files) {
        this.context = context;
        this.files = files;
        this.objects = new CachedTokens(context.objects(), context::now);
    }

    /** Which volume could not be set up, and why. */
    static final class MountFailure extends Exception {
        private static final long serialVersionUID = 1L;

        MountFailure(Volume volume, Exception why) {
            super("MountVolume.SetUp failed for volume \"" + volume.getName() + "\" : " + why.getMessage(), why);
        }
    }

    /** Why this pod's volumes can never be had here; empty if they can. */
    static Optional<String> unsupported(Pod pod) {
        for (Volume volume : pod.getSpec().getVolumes()) {
            if (volume.getHostPath() != null) {
                return Optional.of("volume \"" + volume.getName()
                        + "\": hostPath is refused on the embedded cluster: it is the machine itself; use k3s");
            }
            boolean known = volume.getConfigMap() != null
                    || volume.getSecret() != null
                    || volume.getEmptyDir() != null
                    || volume.getDownwardAPI() != null
                    || volume.getProjected() != null;
            if (!known) {
                return Optional.of(
                        "volume \"" + volume.getName() + "\" is of a type that the embedded cluster does not have;"
                                + " it has configMap, secret, emptyDir, downwardAPI and projected; use k3s");
            }
        }
        return Optional.empty();
    }

    /** Makes every volume hold what it should hold now. */
    void mount(Pod pod, String podIp) throws MountFailure {
        VolumeFiles wanted =
                new VolumeFiles(objects, pod, podIp, context.options().nodeAddress(), context.capacity());
        for (Volume volume : pod.getSpec().getVolumes()) {
            try {
                Path directory = files.volume(volume.getName());
                Optional<Map<String, AtomicDirectory.Content>> content = wanted.of(volume);
                if (content.isPresent()) {
                    directories
                            .computeIfAbsent(volume.getName(), name -> new AtomicDirectory(directory))
                            .replace(content.get());
                }
            } catch (ConfigurationMissing | IOException | KubernetesClientException e) {
                throw new MountFailure(volume, e);
            }
        }
    }

    /** Whether a volume is made from this ConfigMap ({@code secret} false) or Secret. */
    static boolean refersTo(Pod pod, boolean secret, String name) {
        return pod.getSpec().getVolumes().stream().anyMatch(volume -> refersTo(volume, secret, name));
    }

    private static boolean refersTo(Volume volume, boolean secret, String name) {
        if (volume.getProjected() != null) {
            return volume.getProjected().getSources().stream()
                    .anyMatch(source -> secret
                            ? source.getSecret() != null
                                    && name.equals(source.getSecret().getName())
                            : source.getConfigMap() != null
                                    && name.equals(source.getConfigMap().getName()));
        }
        return secret
                ? volume.getSecret() != null && name.equals(volume.getSecret().getSecretName())
                : volume.getConfigMap() != null
                        && name.equals(volume.getConfigMap().getName());
    }

    /** Where a container finds its mounts. A mounted single file is a copy, made now. */
    MountTable table(Pod pod, Container container, Map<String, String> environment)
            throws IOException, ConfigurationMissing {
        MountTable table = new MountTable();
        int index = 0;
        for (VolumeMount mount : container.getVolumeMounts()) {
            Path volume = files.volume(mount.getName());
            String subPath =
                    mount.getSubPathExpr() == null || mount.getSubPathExpr().isEmpty()
                            ? mount.getSubPath()
                            : Expansion.expandAll(mount.getSubPathExpr(), environment);
            table.mount(
                    mount.getMountPath(),
                    subPath == null || subPath.isEmpty()
                            ? volume
                            : below(volume, subPath, files.subPath(container.getName(), index)));
            index++;
        }
        return table;
    }

    private Path below(Path volume, String subPath, Path copies) throws IOException, ConfigurationMissing {
        if (subPath.startsWith("/")) {
            throw new ConfigurationMissing("error SubPath `" + subPath + "` must not be an absolute path");
        }
        if (List.of(subPath.split("/")).contains("..")) {
            throw new ConfigurationMissing("unable to provision SubPath `" + subPath + "`: must not contain '..'");
        }
        Path target = volume.resolve(subPath).normalize();
        if (Files.isRegularFile(target) && Files.isSymbolicLink(volume.resolve("..data"))) {
            Path copy = copies.resolve(target.getFileName());
            return Files.copy(target, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
        return Files.exists(target) ? target : Files.createDirectories(target);
    }
}
