package dev.firedrill.harness.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.agent.AgentClient;
import dev.firedrill.harness.cluster.embedded.apiserver.ApiServer;
import dev.firedrill.harness.cluster.embedded.apiserver.ApiServerOptions;
import dev.firedrill.harness.fault.workload.BadImage;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Timekeeper;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller that is slow to see a template makes its next pod from the one before; the test is the controller. */
class UnseenTemplateIT {
    private static final String NAMESPACE = "default";
    private static final Map<String, String> LABELS = Map.of("app", "lone");

    private ApiServer server;
    private KubernetesClient client;
    private AgentClient agent;
    private FaultScene scene;

    @BeforeEach
    void start(@TempDir Path directory) {
        server = ApiServer.start(ApiServerOptions.at("127.0.0.1", "kubelet", directory));
        client = new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
        agent = AgentClient.at(URI.create("http://127.0.0.1:1"), "unused", Timekeeper.system());
        Journal journal = Journal.inMemory(Timekeeper.system());
        scene = new FaultScene(client, NAMESPACE, agent, journal, directory.resolve("undo"), "run");
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("default")
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        client.resource(replicaSet()).create();
        seen();
    }

    @AfterEach
    void stop() {
        agent.close();
        client.close();
        server.close();
    }

    private static ReplicaSet replicaSet() {
        return new ReplicaSetBuilder()
                .withNewMetadata()
                .withName("lone")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(LABELS)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(LABELS)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("example/app:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    /** What the controller of ReplicaSets writes when it has seen one. */
    private void seen() {
        client.apps().replicaSets().inNamespace(NAMESPACE).withName("lone").editStatus(now -> new ReplicaSetBuilder(now)
                .editOrNewStatus()
                .withReplicas(1)
                .withObservedGeneration(now.getMetadata().getGeneration())
                .endStatus()
                .build());
    }

    private void podOf(ReplicaSet owner) {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("made-before")
                        .withNamespace(NAMESPACE)
                        .withLabels(LABELS)
                        .addNewOwnerReference()
                        .withApiVersion("apps/v1")
                        .withKind("ReplicaSet")
                        .withName(owner.getMetadata().getName())
                        .withUid(owner.getMetadata().getUid())
                        .withController(true)
                        .endOwnerReference()
                        .endMetadata()
                        .withSpec(owner.getSpec().getTemplate().getSpec())
                        .build())
                .create();
    }

    private boolean podIsThere() {
        return client.pods().inNamespace(NAMESPACE).withName("made-before").get() != null;
    }

    @Test
    void what_its_controller_has_not_seen_is_not_planted_yet() {
        BadImage fault = BadImage.inReplicaSet("lone");
        FaultPlan plan = fault.plan(scene);
        scene.objects().write(plan.onlyField());

        assertThat(fault.proof().evidence(scene, plan)).isEmpty();
        seen();
        assertThat(fault.proof().evidence(scene, plan)).isPresent();
    }

    @Test
    void no_pod_is_renewed_before_its_controller_has_seen_the_template_that_was_put_back() {
        FieldChange change = BadImage.inReplicaSet("lone").plan(scene).onlyField();
        scene.objects().write(change);
        podOf(client.apps()
                .replicaSets()
                .inNamespace(NAMESPACE)
                .withName("lone")
                .require());
        scene.objects().write(change.reversed());

        CompletableFuture<Boolean> renewed =
                CompletableFuture.supplyAsync(() -> scene.objects().renew(change));
        await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(2)).until(this::podIsThere);
        seen();

        assertThat(renewed).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
        assertThat(podIsThere()).isFalse();
    }
}
