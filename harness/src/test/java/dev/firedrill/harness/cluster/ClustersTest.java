package dev.firedrill.harness.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.ProvisioningException;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ClustersTest {
    private final List<String> progress = new ArrayList<>();
    private final ClusterRequest request = ClusterRequest.plain().reportingTo(progress::add);

    @Test
    void the_most_real_kind_is_the_first_that_can_be_had() {
        Cluster started = start(offered(ClusterKind.K3S), offered(ClusterKind.EMBEDDED));

        assertThat(started.kind()).isEqualTo(ClusterKind.K3S);
        assertThat(progress).containsExactly("cluster: k3s, the most real kind that can be had here");
    }

    @Test
    void a_kind_that_cannot_be_had_is_replaced_aloud() {
        Cluster started = start(
                new Offer(ClusterKind.K3S, Optional.of("no Docker engine runs here"), () -> fail("started")),
                offered(ClusterKind.EMBEDDED));

        assertThat(started.kind()).isEqualTo(ClusterKind.EMBEDDED);
        assertThat(progress)
                .containsExactly("cluster: embedded, the most real kind that can be had here, since k3s cannot be had:"
                        + " no Docker engine runs here");
    }

    @Test
    void a_kind_that_turns_out_to_lack_something_is_replaced_aloud() {
        Offer withoutImage = new Offer(ClusterKind.K3S, Optional.empty(), () -> {
            throw new ConfigurationException("image k3s is not here");
        });

        Cluster started = start(withoutImage, offered(ClusterKind.EMBEDDED));

        assertThat(started.kind()).isEqualTo(ClusterKind.EMBEDDED);
        assertThat(progress).last().asString().endsWith("since k3s cannot be had: image k3s is not here");
    }

    @Test
    void a_kind_that_fails_is_not_replaced() {
        Offer broken = new Offer(ClusterKind.K3S, Optional.empty(), () -> fail("the node is not Ready"));

        assertThatThrownBy(() -> start(broken, offered(ClusterKind.EMBEDDED)))
                .isInstanceOf(ProvisioningException.class)
                .hasMessage("the node is not Ready");
    }

    @Test
    void an_existing_cluster_is_never_taken_without_having_been_named() {
        Offer existing = new Offer(ClusterKind.EXISTING, Optional.empty(), () -> fail("somebody's real cluster"));

        assertThat(start(existing, offered(ClusterKind.EMBEDDED)).kind()).isEqualTo(ClusterKind.EMBEDDED);
        assertThat(progress).noneMatch(line -> line.contains("existing"));
    }

    @Test
    void without_any_kind_every_reason_is_told() {
        assertThatThrownBy(() -> start(
                        new Offer(ClusterKind.K3S, Optional.of("no engine"), () -> fail("started")),
                        new Offer(ClusterKind.EMBEDDED, Optional.of("no Linux"), () -> fail("started"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("no kind of cluster can be had here: k3s cannot be had: no engine; embedded cannot be had:"
                        + " no Linux");
    }

    @Test
    void an_unknown_kind_is_refused_with_what_is_allowed() {
        assertThatThrownBy(() -> Clusters.choose("k4s", request))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("unknown cluster kind \"k4s\"; allowed: auto, k3s, existing, embedded")
                .hasMessageContaining("did you mean");
    }

    private Cluster start(ClusterProvider... offers) {
        return Clusters.startMostReal(List.of(offers), request);
    }

    private static Offer offered(ClusterKind kind) {
        return new Offer(kind, Optional.empty(), () -> new NamedCluster(kind));
    }

    private static Cluster fail(String message) {
        throw new ProvisioningException(message);
    }

    private record Offer(ClusterKind kind, Optional<String> unavailable, Supplier<Cluster> starter)
            implements ClusterProvider {
        @Override
        public Optional<String> unavailable(ClusterRequest request) {
            return unavailable;
        }

        @Override
        public Cluster start(ClusterRequest request) {
            return starter.get();
        }
    }

    private record NamedCluster(ClusterKind kind) implements Cluster {
        @Override
        public String description() {
            return kind.label();
        }

        @Override
        public KubernetesClient client() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Path kubeconfig() {
            throw new UnsupportedOperationException();
        }

        @Override
        public InetSocketAddress outside(String namespace, String service, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void collectDiagnostics(Path directory) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
