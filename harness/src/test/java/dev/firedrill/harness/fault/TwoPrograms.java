package dev.firedrill.harness.fault;

import dev.firedrill.harness.drill.DelayedWork;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.drill.SystemUnderDrill;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Two web servers, a Service for each and one that no pod is behind, a server that nothing rolls out, and settings that
 * nobody reads: enough to break.
 */
public final class TwoPrograms implements SystemUnderDrill {
    /** The value of the Secret, as the API has it. */
    static final String SECRET_VALUE = "b25seS1mb3ItdGVzdHM=";

    @Override
    public List<HasMetadata> objects(Map<String, String> variants) {
        return List.of(
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("settings")
                        .endMetadata()
                        .withData(Map.of("colour", "blue", "address", "http://web:8080/"))
                        .build(),
                new SecretBuilder()
                        .withNewMetadata()
                        .withName("token")
                        .endMetadata()
                        .withData(Map.of("token", SECRET_VALUE))
                        .build(),
                service("web"),
                service("other"),
                service("nobody"),
                deployment("web"),
                deployment("other"),
                replicaSet("lone"));
    }

    static HasMetadata service(String name) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withSelector(Map.of("app", name))
                .addNewPort()
                .withName("http")
                .withPort(TinyWeb.PORT)
                .withTargetPort(new IntOrString("http"))
                .endPort()
                .endSpec()
                .build();
    }

    static HasMetadata deployment(String name) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withSelector(selector(name))
                .withTemplate(template(name))
                .endSpec()
                .build();
    }

    /** One that nothing rolls out. */
    static HasMetadata replicaSet(String name) {
        return new ReplicaSetBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withSelector(selector(name))
                .withTemplate(template(name))
                .endSpec()
                .build();
    }

    private static LabelSelector selector(String name) {
        return new LabelSelectorBuilder().withMatchLabels(Map.of("app", name)).build();
    }

    private static PodTemplateSpec template(String name) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Map.of("app", name))
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(1L)
                .addNewContainer()
                .withName("web")
                .withImage(TinyWeb.IMAGE)
                .addNewEnv()
                .withName("COLOUR")
                .withValue("blue")
                .endEnv()
                .addNewEnv()
                .withName("PEER")
                .withValue("http://other:8080/")
                .endEnv()
                .addNewPort()
                .withName("http")
                .withContainerPort(TinyWeb.PORT)
                .endPort()
                .withNewReadinessProbe()
                .withNewHttpGet()
                .withPath("/")
                .withPort(new IntOrString("http"))
                .endHttpGet()
                .withPeriodSeconds(1)
                .endReadinessProbe()
                .endContainer()
                .endSpec()
                .build();
    }

    @Override
    public Set<String> ownAnnotations() {
        return Set.of();
    }

    @Override
    public DelayedWork delayedWork(Stage stage) {
        throw new UnsupportedOperationException("nothing is delayed here");
    }
}
