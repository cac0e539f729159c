package dev.firedrill.harness.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.agent.AgentClient;
import dev.firedrill.harness.agent.AgentDeployment;
import dev.firedrill.harness.cluster.ClusterKind;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.drill.StageRequest;
import dev.firedrill.harness.drill.SystemUnderDrill;
import dev.firedrill.harness.model.ProvisioningException;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Timekeeper;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("waits")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class K3sClusterIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private List<String> toldByStart = List.of();

    @SuppressWarnings("NullAway.Init")
    private K3sCluster cluster;

    @BeforeAll
    void start() {
        List<String> progress = TestNode.lines();
        cluster = TestNode.start(progress);
        toldByStart = List.copyOf(progress);
    }

    @AfterAll
    @SuppressWarnings("NullAway") // null where the start was aborted
    void end() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void it_tells_each_stage_of_its_start_with_its_time() {
        assertThat(toldByStart)
                .anyMatch(line -> line.matches("images of firedrill/agent .*\\(\\d+\\.\\d s\\)"))
                .anyMatch(line -> line.matches("node firedrill-\\p{XDigit}+ registered \\(\\d+\\.\\d s\\)"))
                .anyMatch(line -> line.matches("node Ready \\(\\d+\\.\\d s\\)"))
                .anyMatch(line -> line.matches("default ServiceAccount \\(\\d+\\.\\d s\\)"))
                .anyMatch(line -> line.matches("cluster DNS answers \\(\\d+\\.\\d s\\)"))
                .last()
                .asString()
                .startsWith("cluster ready: v1.");
        assertThat(cluster.kind()).isEqualTo(ClusterKind.K3S);
    }

    /** The embedded cluster has no controller for it. */
    @Test
    void a_stateful_set_is_waited_for_and_missed_when_it_lacks_a_pod(@TempDir Path directory) {
        SystemUnderDrill database = variants -> List.of(new StatefulSetBuilder()
                .withNewMetadata()
                .withName("db")
                .endMetadata()
                .withNewSpec()
                .withServiceName("db")
                .withNewSelector()
                .addToMatchLabels("app", "db")
                .endSelector()
                .withTemplate(templateOfAgent()
                        .edit()
                        .editMetadata()
                        .withLabels(Map.of("app", "db"))
                        .endMetadata()
                        .build())
                .endSpec()
                .build());
        StageRequest request = new StageRequest("stateful", "run", directory, 1, Map.of());
        try (Journal journal = Journal.inMemory(Timekeeper.system());
                Stage stage = Stage.raise(cluster, database, request, journal)) {
            var set = cluster.client()
                    .apps()
                    .statefulSets()
                    .inNamespace("stateful")
                    .withName("db");
            assertThat(set.require().getStatus().getReadyReplicas()).isEqualTo(1);
            assertThat(stage.unready()).isEmpty();

            set.scale(0);

            await().atMost(SOON).untilAsserted(() -> assertThat(stage.unready()).containsExactly("StatefulSet db"));
        }
    }

    private static PodTemplateSpec templateOfAgent() {
        return AgentDeployment.standard().objects().stream()
                .filter(Deployment.class::isInstance)
                .map(object -> ((Deployment) object).getSpec().getTemplate())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void its_kubeconfig_is_for_this_user_alone() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cluster.kubeconfig())))
                .isEqualTo("rw-------");
        assertThat(cluster.kubeconfig()).content().contains("server: \"https://");
    }

    @Test
    void the_agent_runs_from_its_loaded_image_and_is_reached_from_outside_by_a_load_balancer() throws Exception {
        namespace("reached");
        AgentClient agent = AgentDeployment.standard().deploy(cluster.client(), "reached", Timekeeper.system());
        try (agent) {
            cluster.client()
                    .services()
                    .inNamespace("reached")
                    .resource(balanced("front"))
                    .create();
            InetSocketAddress outside = cluster.outside("reached", "front", 80);
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://" + outside.getHostString() + ":" + outside.getPort() + "/readyz"))
                    .build();
            HttpClient client = HttpClient.newHttpClient();
            await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(
                            client.send(request, HttpResponse.BodyHandlers.ofString())
                                    .statusCode())
                    .isEqualTo(200));
        }
    }

    @Test
    void a_service_that_is_not_for_outside_is_refused() {
        assertThatThrownBy(() -> cluster.outside("default", "kubernetes", 443))
                .isInstanceOf(ProvisioningException.class)
                .hasMessage("Service kubernetes in namespace default is of type ClusterIP: it cannot be reached from"
                        + " outside; only LoadBalancer can");
        assertThatThrownBy(() -> cluster.outside("default", "nobody", 443))
                .hasMessage("no Service nobody in namespace default");
    }

    @Test
    void published_ports_are_given_again_when_their_services_are_gone() {
        namespace("many");
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 6; i++) {
                String name = "front-" + round + "-" + i;
                cluster.client()
                        .services()
                        .inNamespace("many")
                        .resource(balanced(name))
                        .create();
                assertThat(cluster.outside("many", name, 80).getPort()).isPositive();
            }
            cluster.client().services().inNamespace("many").delete();
        }
    }

    @Test
    void its_diagnostics_have_objects_events_and_logs(@TempDir Path directory) {
        cluster.collectDiagnostics(directory);

        assertThat(directory.resolve("cluster.log")).content().contains("node Ready");
        assertThat(directory.resolve("objects/nodes.yaml")).content().contains("kubeletVersion");
        assertThat(directory.resolve("events.txt")).isNotEmptyFile();
        assertThat(directory.resolve("logs")).isDirectoryContaining("glob:**coredns*");
        assertThat(directory.resolve("node/container.log")).content().contains("Node controller sync successful");
    }

    private void namespace(String name) {
        Namespace made = new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
        cluster.client().namespaces().resource(made).create();
    }

    private static Service balanced(String name) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withType("LoadBalancer")
                .withSelector(Map.of("app.kubernetes.io/name", AgentDeployment.NAME))
                .addNewPort()
                .withPort(80)
                .withTargetPort(new IntOrString(AgentDeployment.PORT))
                .endPort()
                .endSpec()
                .build();
    }
}
