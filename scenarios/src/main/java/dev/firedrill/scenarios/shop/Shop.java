package dev.firedrill.scenarios.shop;

import dev.firedrill.fixtures.Manifests;
import dev.firedrill.harness.drill.DelayedWork;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.drill.SystemUnderDrill;
import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * The mock system that the scenarios drill: a dashboard whose changes reach an api by delayed jobs, public and internal
 * routes through an ingress, and a monitor that pages.
 */
public final class Shop implements SystemUnderDrill {
    /** Its name in incident files. */
    public static final String NAME = "shop";

    /** The workflows that may be edited in drills. */
    public static final List<String> WORKFLOWS = List.of("welcome", "password-reset", "invoice-paid", "weekly-digest");

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

    @Override
    public Set<String> ownAnnotations() {
        return Set.of("ingress.firedrill.dev/resynced-at");
    }

    @Override
    public List<HasMetadata> objects(Map<String, String> variants) {
        List<HasMetadata> objects = manifests();
        Map<String, String> open = new LinkedHashMap<>(variants);
        for (HasMetadata object : objects) {
            String variant = object instanceof Deployment
                    ? open.remove(object.getMetadata().getName())
                    : null;
            if (variant != null && object instanceof Deployment deployment) {
                Container container = deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0);
                container.getArgs().add("--variant=" + variant);
            }
        }
        if (!open.isEmpty()) {
            throw new ConfigurationException("the shop has no program " + open.keySet() + "; allowed: "
                    + objects.stream()
                            .filter(Deployment.class::isInstance)
                            .map(object -> object.getMetadata().getName())
                            .toList());
        }
        return objects;
    }

    /** Reads the kinds of the manifests, instead of looking for all that there are, which takes long. */
    private static KubernetesSerialization yaml() {
        KubernetesSerialization yaml = new KubernetesSerialization(
                JsonMapper.builderWithJackson2Defaults()
                        .addModule(new Jackson2JdkTypesModule())
                        .build(),
                false);
        KINDS.forEach(yaml::registerKubernetesResource);
        return yaml;
    }

    private static List<HasMetadata> manifests() {
        KubernetesSerialization yaml = yaml();
        List<HasMetadata> objects = new ArrayList<>();
        for (String name : Manifests.NAMES) {
            Object documents = yaml.<Object>unmarshal(Manifests.open(name));
            if (documents instanceof KubernetesList list) {
                objects.addAll(list.getItems());
            } else if (documents instanceof Collection<?> several) {
                several.forEach(document -> objects.add((HasMetadata) document));
            } else {
                objects.add((HasMetadata) documents);
            }
        }
        return objects;
    }

    @Override
    public DelayedWork delayedWork(Stage stage) {
        return new DelayedWork(new DashboardSource(stage), new ApiTarget(stage), WORKFLOWS);
    }
}
