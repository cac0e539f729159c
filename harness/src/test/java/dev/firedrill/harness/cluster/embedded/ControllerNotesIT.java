package dev.firedrill.harness.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What controllers write beside what they do: events, annotations, records of managed fields. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class ControllerNotesIT {
    private ControlPlane plane;
    private KubernetesClient client;

    @BeforeAll
    void start(@TempDir Path directory) {
        plane = new ControlPlane(directory);
        client = plane.client;
    }

    @AfterAll
    void stop() {
        plane.close();
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().ignoreExceptions()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(assertion);
    }

    private void pod(String name) {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("c")
                        .withImage("i")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    private Event scheduled(String pod) {
        return client.v1()
                .events()
                .inNamespace("shop")
                .withField("reason", "Scheduled")
                .withField("involvedObject.name", pod)
                .list()
                .getItems()
                .get(0);
    }

    @Test
    void a_scheduler_notes_of_an_event_its_moment_alone() {
        pod("noted");

        eventually(() -> {
            Event event = scheduled("noted");
            assertThat(event.getEventTime().getTime()).matches(".*T.*\\.\\d{6}Z");
            assertThat(event.getAction()).isEqualTo("Binding");
            assertThat(event.getReportingComponent()).isEqualTo("default-scheduler");
            assertThat(event.getLastTimestamp()).isNull();
            assertThat(event.getCount()).isNull();
            assertThat(event.getSource().getComponent()).isNull();
        });
    }

    @Test
    void nobody_manages_where_a_pod_runs() {
        pod("bound");
        eventually(() -> assertThat(scheduled("bound")).isNotNull());

        List<ManagedFieldsEntry> managed = client.pods()
                .inNamespace("shop")
                .withName("bound")
                .get()
                .getMetadata()
                .getManagedFields();

        assertThat(managed).filteredOn(entry -> entry.getSubresource() == null).noneMatch(entry -> entry.getFieldsV1()
                .getAdditionalProperties()
                .containsKey("f:status"));
    }

    @Test
    void slices_that_mirror_endpoints_have_their_annotations() {
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName("mirrored")
                        .endMetadata()
                        .withNewSpec()
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        Endpoints byHand = new EndpointsBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("mirrored")
                .addToAnnotations("note", "first")
                .addToAnnotations("kubectl.kubernetes.io/last-applied-configuration", "{}")
                .endMetadata()
                .addNewSubset()
                .addNewAddress()
                .withIp("10.1.2.3")
                .endAddress()
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSubset()
                .build();
        client.resource(byHand).create();

        mirrored(Map.of("note", "first"));
        client.resource(byHand).edit(endpoints -> new EndpointsBuilder(endpoints)
                .editMetadata()
                .addToAnnotations("note", "second")
                .endMetadata()
                .build());
        mirrored(Map.of("note", "second"));
    }

    private void mirrored(Map<String, String> annotations) {
        eventually(() -> assertThat(slices()).singleElement().satisfies(slice -> assertThat(
                        slice.getMetadata().getAnnotations())
                .isEqualTo(annotations)));
    }

    private List<EndpointSlice> slices() {
        return client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace("shop")
                .withLabel("kubernetes.io/service-name", "mirrored")
                .list()
                .getItems();
    }
}
