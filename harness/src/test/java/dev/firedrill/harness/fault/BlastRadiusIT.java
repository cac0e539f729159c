package dev.firedrill.harness.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.fault.configuration.WrongConfigValue;
import dev.firedrill.harness.fault.workload.ScaledDown;
import dev.firedrill.harness.junit.Firedrill;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which pods a fault touches, however they come by what it changes. */
@Tag("waits")
@Firedrill(system = TwoPrograms.class)
class BlastRadiusIT {
    private static final Fault WRONG = WrongConfigValue.in("settings", "colour", "wrong");

    @Test
    void the_pods_of_a_selector_with_operators_are_found(Stage stage) {
        KubernetesClient client = stage.cluster().client();
        client.resource(new DeploymentBuilder((Deployment) TwoPrograms.deployment("chosen"))
                        .editSpec()
                        .withSelector(new LabelSelectorBuilder()
                                .addNewMatchExpression()
                                .withKey("app")
                                .withOperator("In")
                                .withValues("chosen")
                                .endMatchExpression()
                                .build())
                        .endSpec()
                        .build())
                .inNamespace(stage.namespace())
                .create();
        await().until(() -> !pods(stage, "chosen").isEmpty());

        assertThat(touched(stage, ScaledDown.toZero("chosen"))).containsExactlyElementsOf(pods(stage, "chosen"));

        client.apps()
                .deployments()
                .inNamespace(stage.namespace())
                .withName("chosen")
                .delete();
    }

    @Test
    void the_pods_that_read_a_setting_are_found_whichever_way_they_read_it(Stage stage) {
        List<Pod> readers = List.of(
                pod("in-a-projected-volume")
                        .editSpec()
                        .addNewVolume()
                        .withName("all")
                        .withNewProjected()
                        .addNewSource()
                        .withNewConfigMap()
                        .withName("settings")
                        .endConfigMap()
                        .endSource()
                        .endProjected()
                        .endVolume()
                        .endSpec()
                        .build(),
                pod("in-an-init-container")
                        .editSpec()
                        .addNewInitContainer()
                        .withName("first")
                        .withImage(TinyWeb.IMAGE)
                        .addNewEnvFrom()
                        .withNewConfigMapRef()
                        .withName("settings")
                        .endConfigMapRef()
                        .endEnvFrom()
                        .endInitContainer()
                        .endSpec()
                        .build());
        readers.forEach(pod -> stage.cluster()
                .client()
                .resource(pod)
                .inNamespace(stage.namespace())
                .create());

        assertThat(touched(stage, WRONG)).containsExactly("in-a-projected-volume", "in-an-init-container");

        readers.forEach(pod -> stage.cluster()
                .client()
                .resource(pod)
                .inNamespace(stage.namespace())
                .delete());
    }

    private static List<String> touched(Stage stage, Fault fault) {
        return new FaultEngine(stage.scene())
                .dryRun(fault, InjectionPhase.INJECT)
                .pods();
    }

    private static List<String> pods(Stage stage, String app) {
        return stage
                .cluster()
                .client()
                .pods()
                .inNamespace(stage.namespace())
                .withLabels(Map.of("app", app))
                .list()
                .getItems()
                .stream()
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    private static PodBuilder pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("web")
                .withImage(TinyWeb.IMAGE)
                .endContainer()
                .endSpec();
    }
}
