package dev.firedrill.harness.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.fault.workload.BadImage;
import dev.firedrill.harness.fault.workload.PodEviction;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A bad image that lies in a ReplicaSet: it touches no pod until one is made anew, and its undo gets a good one. */
@Tag("waits")
@Firedrill(system = TwoPrograms.class)
class LatentImageIT {
    private static final Map<String, String> LONE = Map.of("app", "lone");

    @Test
    void healing_replaces_the_pod_that_was_made_with_it_and_no_other(Stage stage) {
        FaultEngine engine = new FaultEngine(stage.scene());
        awaitWell(stage);
        String before = uid(stage);

        Injection planted = engine.inject("bad image", BadImage.inReplicaSet("lone"), InjectionPhase.PLANT);
        assertThat(planted.evidence()).isPresent();
        assertThat(engine.undo(planted)).isEmpty();
        assertThat(uid(stage)).as("a pod that was made before").isEqualTo(before);

        engine.inject("bad image", BadImage.inReplicaSet("lone"), InjectionPhase.PLANT);
        engine.inject("bad image", PodEviction.of(LONE), InjectionPhase.TRIGGER);
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(pods(stage))
                .singleElement()
                .satisfies(LatentImageIT::waitsForItsImage));

        Healer healer = new Healer(stage.scene().client(), List.of(stage.scene().undoDirectory()));
        Healer.Outcome outcome = healer.heal(healer.open(List.of(stage.namespace())));
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.conflicts()).isEmpty();
        awaitWell(stage);
        assertThat(pods(stage).get(0).getSpec().getContainers().get(0).getImage())
                .isEqualTo(TinyWeb.IMAGE);
    }

    @Test
    void a_replica_set_of_a_deployment_is_refused(Stage stage) {
        String made = stage.scene()
                .client()
                .apps()
                .replicaSets()
                .inNamespace(stage.namespace())
                .withLabel("app", "web")
                .list()
                .getItems()
                .get(0)
                .getMetadata()
                .getName();

        assertThatThrownBy(() -> new FaultEngine(stage.scene())
                        .inject("bad image", BadImage.inReplicaSet(made), InjectionPhase.PLANT))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("ReplicaSet/" + made + " was made by Deployment/web, which keeps its template; allowed: a"
                        + " ReplicaSet that nothing made, or deployment");
    }

    private static List<Pod> pods(Stage stage) {
        return stage.scene()
                .client()
                .pods()
                .inNamespace(stage.namespace())
                .withLabels(LONE)
                .list()
                .getItems();
    }

    private static String uid(Stage stage) {
        return pods(stage).get(0).getMetadata().getUid();
    }

    private static void awaitWell(Stage stage) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(stage.unready()).isEmpty();
            assertThat(pods(stage)).hasSize(1);
        });
    }

    private static void waitsForItsImage(Pod pod) {
        assertThat(pod.getStatus().getContainerStatuses()).singleElement().satisfies(container -> assertThat(
                        container.getState().getWaiting())
                .isNotNull()
                .extracting(waiting -> waiting.getReason())
                .isIn("ErrImagePull", "ImagePullBackOff", "RegistryUnavailable"));
    }
}
