package dev.firedrill.harness.drill;

import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesList;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.model.jackson.Jackson2JdkTypesModule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Kubernetes objects of a system, from files on the class path: manifests as {@code kubectl apply -f} takes them,
 * and ConfigMaps of whole files, as {@code kubectl create configmap --from-file} makes them.
 *
 * <pre>{@code
 * ManifestFiles files = ManifestFiles.of(Bakery.class);
 * List<HasMetadata> objects = files.objects("/bakery/orders.yaml", "/bakery/prometheus.yaml");
 * objects.add(files.configMap("prometheus-rules", "/bakery/rules/orders.yml"));
 * }</pre>
 */
public final class ManifestFiles {
    /** The kinds that are read as their own classes; any other is read as a generic resource. */
    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            ConfigMap.class,
            Deployment.class,
            Ingress.class,
            Lease.class,
            Role.class,
            RoleBinding.class,
            Secret.class,
            Service.class,
            ServiceAccount.class);

    private final Class<?> owner;
    private final KubernetesSerialization yaml = yaml();

    private ManifestFiles(Class<?> owner) {
        this.owner = owner;
    }

    /** Files that are named as by {@link Class#getResource} of this class. */
    public static ManifestFiles of(Class<?> owner) {
        return new ManifestFiles(owner);
    }

    /** Looking for all kinds on the class path would take long. */
    private static KubernetesSerialization yaml() {
        KubernetesSerialization yaml = new KubernetesSerialization(
                JsonMapper.builderWithJackson2Defaults()
                        .addModule(new Jackson2JdkTypesModule())
                        .build(),
                false);
        yaml.registerKubernetesResource("v1", "List", KubernetesList.class);
        KINDS.forEach(yaml::registerKubernetesResource);
        return yaml;
    }

    /**
     * The objects of manifests, in their order; a list that may be changed.
     *
     * @throws ConfigurationException if a file is not there or holds something else
     */
    public List<HasMetadata> objects(String... names) {
        return objects(List.of(names));
    }

    /**
     * The objects of manifests, in their order; a list that may be changed.
     *
     * @throws ConfigurationException if a file is not there or holds something else
     */
    public List<HasMetadata> objects(List<String> names) {
        List<HasMetadata> objects = new ArrayList<>();
        for (String name : names) {
            try {
                add(yaml.<Object>unmarshal(new ByteArrayInputStream(bytes(name))), objects);
            } catch (RuntimeException e) {
                throw e instanceof ConfigurationException
                        ? e
                        : new ConfigurationException(name + ": " + firstLine(e), e);
            }
        }
        return objects;
    }

    private static void add(Object read, List<HasMetadata> objects) {
        if (read instanceof KubernetesList list) {
            objects.addAll(list.getItems());
        } else if (read instanceof Collection<?> several) {
            several.stream().filter(Objects::nonNull).forEach(document -> add(document, objects));
        } else if (read instanceof HasMetadata one) {
            objects.add(one);
        } else {
            throw new IllegalArgumentException("a document is no Kubernetes object: it lacks apiVersion or kind");
        }
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("it cannot be read");
    }

    /**
     * A ConfigMap with a key for each file, its name without directories.
     *
     * @throws ConfigurationException if a file is not there
     */
    public ConfigMap configMap(String name, String... files) {
        return configMap(name, List.of(files));
    }

    /**
     * A ConfigMap with a key for each file, its name without directories.
     *
     * @throws ConfigurationException if a file is not there
     */
    public ConfigMap configMap(String name, List<String> files) {
        Map<String, String> data = new TreeMap<>();
        for (String file : files) {
            data.put(file.substring(file.lastIndexOf('/') + 1), new String(bytes(file), StandardCharsets.UTF_8));
        }
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withData(data)
                .build();
    }

    private byte[] bytes(String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new ConfigurationException("there is no file " + name + " on the class path of " + owner.getName()
                        + "; below src/main/resources or src/test/resources it is found");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
