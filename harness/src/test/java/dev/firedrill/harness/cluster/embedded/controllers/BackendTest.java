package dev.firedrill.harness.cluster.embedded.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendTest {
    private final Service service = new ServiceBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("api")
            .endMetadata()
            .withNewSpec()
            .addToSelector("app", "api")
            .addNewPort()
            .withName("http")
            .withPort(80)
            .withNewTargetPort("web")
            .endPort()
            .endSpec()
            .build();

    @Test
    void a_ready_pod_gets_connections_at_the_named_port() {
        List<Backend> backends = Backend.of(service, List.of(Given.pod("a", true)));

        assertThat(backends).singleElement().satisfies(backend -> {
            assertThat(backend.ready()).isTrue();
            assertThat(backend.serving()).isTrue();
            assertThat(backend.terminating()).isFalse();
            assertThat(backend.ports()).containsExactly(new Backend.Port("http", 8080, "TCP", null));
            assertThat(backend.pod().getName()).isEqualTo("a");
            assertThat(backend.pod().getUid()).isEqualTo("a-uid");
        });
    }

    @Test
    void a_pod_that_ends_still_serves_but_gets_no_new_connections() {
        Backend backend =
                Backend.of(service, List.of(leaving(Given.pod("a", true)))).get(0);

        assertThat(backend.ready()).isFalse();
        assertThat(backend.serving()).isTrue();
        assertThat(backend.terminating()).isTrue();
    }

    @Test
    void unready_pods_are_published_as_ready_where_the_service_says_so() {
        Service anyway = new ServiceBuilder(service)
                .editSpec()
                .withPublishNotReadyAddresses(true)
                .endSpec()
                .build();

        assertThat(Backend.of(service, List.of(Given.pod("a", false))).get(0).ready())
                .isFalse();
        Backend published = Backend.of(anyway, List.of(Given.pod("a", false))).get(0);
        assertThat(published.ready()).isTrue();
        assertThat(published.serving()).isFalse();
    }

    @Test
    void pods_that_do_not_match_have_ended_or_have_no_address_are_left_out() {
        Pod other = new PodBuilder(Given.pod("other", true))
                .editMetadata()
                .addToLabels("app", "other")
                .endMetadata()
                .build();
        Pod ended = new PodBuilder(Given.pod("ended", true))
                .editStatus()
                .withPhase("Succeeded")
                .endStatus()
                .build();
        Pod nowhere = new PodBuilder(Given.pod("nowhere", true))
                .editStatus()
                .withPodIP(null)
                .endStatus()
                .build();

        assertThat(Backend.of(service, List.of(other, ended, nowhere))).isEmpty();
    }

    @Test
    void a_slice_lists_all_pods_and_the_older_form_leaves_out_those_that_end() {
        List<Backend> backends = Backend.of(
                service, List.of(Given.pod("a", true), Given.pod("b", false), leaving(Given.pod("c", true))));

        assertThat(SliceContent.of(backends)).singleElement().satisfies(slice -> {
            assertThat(slice.endpoints())
                    .extracting(e -> e.getTargetRef().getName())
                    .containsExactly("a", "b", "c");
            assertThat(slice.endpoints())
                    .extracting(e -> e.getConditions().getReady())
                    .containsExactly(true, false, false);
        });
        assertThat(Subsets.of(service, backends)).singleElement().satisfies(subset -> {
            assertThat(subset.getAddresses())
                    .extracting(a -> a.getTargetRef().getName())
                    .containsExactly("a");
            assertThat(subset.getNotReadyAddresses())
                    .extracting(a -> a.getTargetRef().getName())
                    .containsExactly("b");
        });
    }

    @Test
    void pods_whose_port_of_that_name_differs_get_a_slice_of_their_own() {
        Pod elsewhere = new PodBuilder(Given.pod("b", true))
                .editSpec()
                .editFirstContainer()
                .editFirstPort()
                .withContainerPort(9090)
                .endPort()
                .endContainer()
                .endSpec()
                .build();

        assertThat(SliceContent.of(Backend.of(service, List.of(Given.pod("a", true), elsewhere))))
                .extracting(slice -> slice.ports().get(0).getPort())
                .containsExactly(8080, 9090);
    }

    @Test
    void a_service_without_pods_has_one_empty_slice() {
        assertThat(SliceContent.of(List.of())).containsExactly(new SliceContent(List.of(), List.of()));
    }

    private static Pod leaving(Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .withDeletionTimestamp("2026-01-01T12:00:00Z")
                .endMetadata()
                .build();
    }
}
