package dev.firedrill.harness.cluster.embedded.kubelet;

import dev.firedrill.harness.cluster.embedded.kubelet.AtomicDirectory.Content;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What files a volume made from the API's objects consists of, right now. */
final class VolumeFiles {
    static final int PLAIN_MODE = 0644;
    static final int SECRET_MODE = 0600;
    /** What Kubernetes gives a token that says nothing else: an hour, and seven seconds to spare. */
    static final Duration TOKEN_LIFETIME = Duration.ofSeconds(3607);

    private final ClusterObjects objects;
    private final Pod pod;
    private final String podIp;
    private final String hostIp;
    private final Map<String, Quantity> nodeCapacity;

    VolumeFiles(ClusterObjects objects, Pod pod, String podIp, String hostIp, Map<String, Quantity> nodeCapacity) {
        this.objects = objects;
        this.pod = pod;
        this.podIp = podIp;
        this.hostIp = hostIp;
        this.nodeCapacity = nodeCapacity;
    }

    /** The files of a ConfigMap, Secret, downward or projected volume; empty for any other. */
    Optional<Map<String, Content>> of(Volume volume) throws ConfigurationMissing {
        Map<String, Content> files = new TreeMap<>();
        if (volume.getConfigMap() != null) {
            var source = volume.getConfigMap();
            int mode = mode(source.getDefaultMode(), PLAIN_MODE);
            addConfigMap(files, source.getName(), source.getItems(), source.getOptional(), mode);
        } else if (volume.getSecret() != null) {
            var source = volume.getSecret();
            int mode = mode(source.getDefaultMode(), SECRET_MODE) & ~077;
            addSecret(files, source.getSecretName(), source.getItems(), source.getOptional(), mode);
        } else if (volume.getDownwardAPI() != null) {
            int mode = mode(volume.getDownwardAPI().getDefaultMode(), PLAIN_MODE);
            addDownward(files, volume.getDownwardAPI().getItems(), mode);
        } else if (volume.getProjected() != null) {
            addProjected(files, volume.getProjected());
        } else {
            return Optional.empty();
        }
        return Optional.of(files);
    }

    private void addProjected(Map<String, Content> files, ProjectedVolumeSource projected) throws ConfigurationMissing {
        int mode = mode(projected.getDefaultMode(), PLAIN_MODE);
        for (VolumeProjection source : projected.getSources()) {
            if (source.getConfigMap() != null) {
                var map = source.getConfigMap();
                addConfigMap(files, map.getName(), map.getItems(), map.getOptional(), mode);
            }
            if (source.getSecret() != null) {
                var secret = source.getSecret();
                addSecret(files, secret.getName(), secret.getItems(), secret.getOptional(), mode & ~077);
            }
            if (source.getDownwardAPI() != null) {
                addDownward(files, source.getDownwardAPI().getItems(), mode);
            }
            if (source.getServiceAccountToken() != null) {
                addToken(files, source.getServiceAccountToken());
            }
        }
    }

    private void addToken(Map<String, Content> files, ServiceAccountTokenProjection token) throws ConfigurationMissing {
        String account = Optional.ofNullable(pod.getSpec().getServiceAccountName())
                .filter(name -> !name.isEmpty())
                .orElse("default");
        Duration lifetime = token.getExpirationSeconds() == null
                ? TOKEN_LIFETIME
                : Duration.ofSeconds(token.getExpirationSeconds());
        String text = objects.token(pod.getMetadata().getNamespace(), account, token.getAudience(), lifetime);
        files.put(token.getPath(), new Content(text.getBytes(StandardCharsets.UTF_8), SECRET_MODE));
    }

    private void addConfigMap(
            Map<String, Content> files, String name, List<KeyToPath> items, @Nullable Boolean optional, int mode)
            throws ConfigurationMissing {
        Optional<ConfigMap> found = objects.configMap(pod.getMetadata().getNamespace(), name);
        if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
            throw new ConfigurationMissing("configmap \"" + name + "\" not found");
        }
        Map<String, byte[]> data = new TreeMap<>();
        found.map(ConfigMap::getData).orElse(Map.of()).forEach((key, value) -> data.put(key, utf8(value)));
        found.map(ConfigMap::getBinaryData).orElse(Map.of()).forEach((key, value) -> data.put(key, decoded(value)));
        addKeys(
                files,
                data,
                items,
                Boolean.TRUE.equals(optional),
                mode,
                "configmap references non-existent config key: ");
    }

    private void addSecret(
            Map<String, Content> files, String name, List<KeyToPath> items, @Nullable Boolean optional, int mode)
            throws ConfigurationMissing {
        Optional<Secret> found = objects.secret(pod.getMetadata().getNamespace(), name);
        if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
            throw new ConfigurationMissing("secret \"" + name + "\" not found");
        }
        Map<String, byte[]> data = new TreeMap<>();
        found.map(Secret::getData).orElse(Map.of()).forEach((key, value) -> data.put(key, decoded(value)));
        addKeys(files, data, items, Boolean.TRUE.equals(optional), mode, "references non-existent secret key: ");
    }

    private static void addKeys(
            Map<String, Content> files,
            Map<String, byte[]> data,
            List<KeyToPath> items,
            boolean optional,
            int mode,
            String complaint)
            throws ConfigurationMissing {
        if (items == null || items.isEmpty()) {
            data.forEach((key, bytes) -> files.put(key, new Content(bytes, mode)));
            return;
        }
        for (KeyToPath item : items) {
            byte[] bytes = data.get(item.getKey());
            if (bytes != null) {
                files.put(item.getPath(), new Content(bytes, mode(item.getMode(), mode)));
            } else if (!optional) {
                throw new ConfigurationMissing(complaint + item.getKey());
            }
        }
    }

    private void addDownward(Map<String, Content> files, List<DownwardAPIVolumeFile> items, int mode)
            throws ConfigurationMissing {
        for (DownwardAPIVolumeFile item : items) {
            try {
                files.put(item.getPath(), new Content(utf8(downward(item)), mode(item.getMode(), mode)));
            } catch (IllegalArgumentException e) {
                throw new ConfigurationMissing(String.valueOf(e.getMessage()));
            }
        }
    }

    private String downward(DownwardAPIVolumeFile item) {
        if (item.getFieldRef() != null) {
            return DownwardFields.resolve(pod, item.getFieldRef().getFieldPath(), podIp, hostIp);
        }
        String name = item.getResourceFieldRef().getContainerName();
        Container container = pod.getSpec().getContainers().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no container named " + name));
        return Quantities.resolve(item.getResourceFieldRef(), container, nodeCapacity);
    }

    private static int mode(@Nullable Integer asked, int otherwise) {
        return asked == null ? otherwise : asked;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] decoded(String base64) {
        return Base64.getMimeDecoder().decode(base64);
    }
}
