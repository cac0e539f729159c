package dev.firedrill.scenarios.shop;

import dev.firedrill.fixtures.Manifests;
import dev.firedrill.harness.alert.AlertRule;
import dev.firedrill.harness.drill.DelayedWork;
import dev.firedrill.harness.drill.ManifestFiles;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.drill.SystemUnderDrill;
import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
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
        return objects(Manifests.SYSTEM, variants);
    }

    /** The objects of these manifests, their programs in these variants. */
    static List<HasMetadata> objects(List<String> manifests, Map<String, String> variants) {
        List<HasMetadata> objects = ManifestFiles.of(Manifests.class).objects(manifests);
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

    @Override
    public List<AlertRule> alerts() {
        return MonitorRules.of(objects(Map.of()));
    }

    @Override
    public DelayedWork delayedWork(Stage stage) {
        return new DelayedWork(new DashboardSource(stage), new ApiTarget(stage), WORKFLOWS);
    }
}
