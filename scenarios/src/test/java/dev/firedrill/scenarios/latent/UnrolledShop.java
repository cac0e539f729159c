package dev.firedrill.scenarios.latent;

import dev.firedrill.harness.drill.DelayedWork;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.drill.SystemUnderDrill;
import dev.firedrill.scenarios.shop.Shop;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The shop with an api that nobody rolls out: its pod comes from a ReplicaSet, which reads its template when it makes
 * one and at no other time, and has its token from a ConfigMap, which is read when a container starts.
 */
public final class UnrolledShop implements SystemUnderDrill {
    static final String API = "api";
    static final String SETTINGS = "api-settings";
    static final String TOKEN = "token";

    private final Shop shop = new Shop();

    @Override
    public List<HasMetadata> objects(Map<String, String> variants) {
        List<HasMetadata> objects = new ArrayList<>();
        for (HasMetadata object : shop.objects(variants)) {
            objects.add(
                    object instanceof Deployment deployment
                                    && deployment.getMetadata().getName().equals(API)
                            ? unrolled(deployment)
                            : object);
        }
        objects.add(new ConfigMapBuilder()
                .withNewMetadata()
                .withName(SETTINGS)
                .endMetadata()
                .withData(Map.of(TOKEN, "only-for-drills-6f1d2c"))
                .build());
        return objects;
    }

    private static HasMetadata unrolled(Deployment deployment) {
        PodTemplateSpec template = deployment.getSpec().getTemplate();
        List<EnvVar> environment = template.getSpec().getContainers().get(0).getEnv();
        environment.removeIf(variable -> variable.getName().equals("INTERNAL_TOKEN"));
        environment.add(new EnvVarBuilder()
                .withName("INTERNAL_TOKEN")
                .withNewValueFrom()
                .withNewConfigMapKeyRef(TOKEN, SETTINGS, false)
                .endValueFrom()
                .build());
        return new ReplicaSetBuilder()
                .withNewMetadata()
                .withName(API)
                .withLabels(deployment.getMetadata().getLabels())
                .endMetadata()
                .withNewSpec()
                .withReplicas(deployment.getSpec().getReplicas())
                .withSelector(deployment.getSpec().getSelector())
                .withTemplate(template)
                .endSpec()
                .build();
    }

    @Override
    public Set<String> ownAnnotations() {
        return shop.ownAnnotations();
    }

    @Override
    public DelayedWork delayedWork(Stage stage) {
        return shop.delayedWork(stage);
    }
}
