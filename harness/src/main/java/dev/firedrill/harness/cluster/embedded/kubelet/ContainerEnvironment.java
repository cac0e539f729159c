package dev.firedrill.harness.cluster.embedded.kubelet;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A container's environment, as its manifest says it: {@code envFrom}, then {@code env}, then Services. Nothing comes
 * from
 * the environment of the harness.
 */
final class ContainerEnvironment {
    private final ClusterObjects objects;
    private final Map<String, Quantity> nodeCapacity;

    ContainerEnvironment(ClusterObjects objects, Map<String, Quantity> nodeCapacity) {
        this.objects = objects;
        this.nodeCapacity = nodeCapacity;
    }

    /**
     * @param serviceVariables what tells the pod of the Services
     * @throws ConfigurationMissing if a ConfigMap, Secret or key that is not optional is not there
     */
    Map<String, String> of(
            Pod pod, Container container, String podIp, String hostIp, Map<String, String> serviceVariables)
            throws ConfigurationMissing {
        String namespace = pod.getMetadata().getNamespace();
        Map<String, String> result = new LinkedHashMap<>();
        for (EnvFromSource source : container.getEnvFrom()) {
            all(source, namespace).forEach((key, value) -> result.put(prefix(source) + key, value));
        }
        Map<String, String> known = new LinkedHashMap<>(serviceVariables);
        for (EnvVar variable : container.getEnv()) {
            String value = variable.getValueFrom() == null
                    ? Expansion.expand(Optional.ofNullable(variable.getValue()).orElse(""), known)
                    : from(variable.getValueFrom(), pod, container, podIp, hostIp);
            if (value != null) {
                known.put(variable.getName(), value);
                result.put(variable.getName(), value);
            }
        }
        serviceVariables.forEach(result::putIfAbsent);
        return result;
    }

    private static String prefix(EnvFromSource source) {
        return source.getPrefix() == null ? "" : source.getPrefix();
    }

    private Map<String, String> all(EnvFromSource source, String namespace) throws ConfigurationMissing {
        if (source.getConfigMapRef() != null) {
            var reference = source.getConfigMapRef();
            Optional<ConfigMap> found = objects.configMap(namespace, reference.getName());
            if (found.isEmpty() && !Boolean.TRUE.equals(reference.getOptional())) {
                throw new ConfigurationMissing("configmap \"" + reference.getName() + "\" not found");
            }
            return found.map(ConfigMap::getData).orElse(Map.of());
        }
        if (source.getSecretRef() != null) {
            var reference = source.getSecretRef();
            Optional<Secret> found = objects.secret(namespace, reference.getName());
            if (found.isEmpty() && !Boolean.TRUE.equals(reference.getOptional())) {
                throw new ConfigurationMissing("secret \"" + reference.getName() + "\" not found");
            }
            Map<String, String> decoded = new LinkedHashMap<>();
            found.map(Secret::getData).orElse(Map.of()).forEach((key, value) -> decoded.put(key, decoded(value)));
            return decoded;
        }
        return Map.of();
    }

    private @Nullable String from(EnvVarSource source, Pod pod, Container container, String podIp, String hostIp)
            throws ConfigurationMissing {
        String namespace = pod.getMetadata().getNamespace();
        if (source.getConfigMapKeyRef() != null) {
            var ref = source.getConfigMapKeyRef();
            var data = objects.configMap(namespace, ref.getName()).map(ConfigMap::getData);
            return one("configmap", "ConfigMap", ref.getName(), ref.getKey(), ref.getOptional(), data, namespace);
        }
        if (source.getSecretKeyRef() != null) {
            var ref = source.getSecretKeyRef();
            var data = objects.secret(namespace, ref.getName()).map(Secret::getData);
            String value = one("secret", "Secret", ref.getName(), ref.getKey(), ref.getOptional(), data, namespace);
            return value == null ? null : decoded(value);
        }
        try {
            if (source.getFieldRef() != null) {
                return DownwardFields.resolve(pod, source.getFieldRef().getFieldPath(), podIp, hostIp);
            }
            if (source.getResourceFieldRef() != null) {
                return Quantities.resolve(source.getResourceFieldRef(), container, nodeCapacity);
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigurationMissing(String.valueOf(e.getMessage()));
        }
        throw new ConfigurationMissing("environment variable of an unsupported source; use k3s for it");
    }

    private static @Nullable String one(
            String kind,
            String title,
            String name,
            String key,
            @Nullable Boolean optional,
            Optional<Map<String, String>> data,
            String namespace)
            throws ConfigurationMissing {
        String value = data.map(map -> map.get(key)).orElse(null);
        if (value != null || Boolean.TRUE.equals(optional)) {
            return value;
        }
        throw new ConfigurationMissing(
                data.isEmpty()
                        ? kind + " \"" + name + "\" not found"
                        : "couldn't find key " + key + " in " + title + " " + namespace + "/" + name);
    }

    private static String decoded(String base64) {
        return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
