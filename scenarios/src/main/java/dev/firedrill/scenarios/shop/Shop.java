package dev.firedrill.scenarios.shop;

import dev.firedrill.fixtures.Manifests;
import dev.firedrill.harness.drill.DelayedWork;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.drill.SystemUnderDrill;
import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesList;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The mock system that the scenarios drill: a dashboard whose changes reach an api by delayed jobs, public and internal
 * routes through an ingress, and a monitor that pages.
 */
public final class Shop implements SystemUnderDrill {
    /** Its name in incident files. */
    public static final String NAME = "shop";

    /** The workflows that may be edited in drills. */
    public static final List<String> WORKFLOWS = List.of("welcome", "password-reset", "invoice-paid", "weekly-digest");

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

    private static List<HasMetadata> manifests() {
        KubernetesSerialization yaml = new KubernetesSerialization();
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
