package dev.firedrill.harness.cluster.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterKind;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.Clusters;
import dev.firedrill.harness.cluster.ExistingTarget;
import dev.firedrill.harness.cluster.Ground;
import dev.firedrill.harness.cluster.embedded.EmbeddedCluster;
import dev.firedrill.harness.cluster.embedded.EmbeddedOptions;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.ProvisioningException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One namespace of a cluster that somebody else holds: here an embedded one, which is not thrown away meanwhile. */
class ExistingClusterIT {
    private static final String CONTEXT = "firedrill";
    private static final String NAMESPACE = "lent";

    @SuppressWarnings("NullAway.Init")
    private static Cluster held;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final List<String> progress = new ArrayList<>();

    @BeforeAll
    static void hold() {
        held = EmbeddedCluster.start(ClusterRequest.plain(), EmbeddedOptions.defaults());
        make(NAMESPACE, "true");
        make("unlabelled", null);
        make("forbidden", "false");
        make("kube-lent", "true");
    }

    @AfterAll
    static void end() {
        held.close();
    }

    @AfterEach
    void nothing_is_left() {
        assertThat(client().resources(Lease.class).inNamespace(NAMESPACE).list().getItems())
                .isEmpty();
        assertThat(configMaps()).isEmpty();
    }

    private static void make(String name, @Nullable String allowed) {
        NamespaceBuilder namespace =
                new NamespaceBuilder().withNewMetadata().withName(name).endMetadata();
        if (allowed != null) {
            namespace.editMetadata().addToLabels(Ground.ALLOWED, allowed).endMetadata();
        }
        client().namespaces().resource(namespace.build()).create();
    }

    private static KubernetesClient client() {
        return held.client();
    }

    private static List<String> configMaps() {
        return client().configMaps().inNamespace(NAMESPACE).list().getItems().stream()
                .map(map -> map.getMetadata().getName())
                .filter(name -> !name.equals("kube-root-ca.crt"))
                .toList();
    }

    private ClusterRequest request(String context, String namespace) {
        return ClusterRequest.plain()
                .reportingTo(progress::add)
                .at(new ExistingTarget(held.kubeconfig(), context, namespace));
    }

    private Cluster open() {
        return Clusters.start("existing", request(CONTEXT, NAMESPACE));
    }

    @Test
    void its_namespace_is_lent_and_given_back_as_it_was() {
        try (Cluster cluster = open()) {
            assertThat(cluster.kind()).isEqualTo(ClusterKind.EXISTING);
            assertThat(cluster.description()).matches("v1\\.34\\S*, node \\S+, context firedrill, namespace lent");
            try (Ground ground = cluster.ground("any")) {
                assertThat(ground.namespace()).isEqualTo(NAMESPACE);
                ground.prepare(List.of(configMap("mine"))).forEach(ExistingClusterIT::apply);
                assertThatThrownBy(() -> cluster.ground("another"))
                        .isInstanceOf(ProvisioningException.class)
                        .hasMessage("namespace lent has a system already; an existing cluster takes one at a time");
                assertThat(configMaps()).containsExactlyInAnyOrder("mine", Inventory.NAME);
            }
            assertThat(configMaps()).isEmpty();
        }
        assertThat(client().namespaces().withName(NAMESPACE).get()).isNotNull();
    }

    @Test
    void what_somebody_else_has_there_is_neither_overwritten_nor_removed() {
        apply(configMap("theirs"));
        try (Cluster cluster = open();
                Ground ground = cluster.ground("any")) {
            assertThatThrownBy(() -> ground.prepare(List.of(configMap("mine"), configMap("theirs"))))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("namespace lent has already ConfigMap/theirs, which would be overwritten; give a"
                            + " namespace without");
            ground.prepare(List.of(configMap("replaced")));
            apply(configMap("replaced"));
        }
        assertThat(configMaps()).containsExactlyInAnyOrder("theirs", "replaced");
        client().configMaps().inNamespace(NAMESPACE).withName("theirs").delete();
        client().configMaps().inNamespace(NAMESPACE).withName("replaced").delete();
    }

    @Test
    void a_cluster_that_is_closed_early_gives_back_what_was_deployed() {
        try (Cluster cluster = open()) {
            cluster.ground("any").prepare(List.of(configMap("mine"))).forEach(ExistingClusterIT::apply);
        }
        assertThat(configMaps()).isEmpty();
    }

    @Test
    void what_a_killed_run_has_left_is_named_and_can_be_removed() {
        new LentNamespace(client(), NAMESPACE, new ImageNames(Map.of()), () -> {})
                .prepare(List.of(configMap("mine")))
                .forEach(ExistingClusterIT::apply);

        refused(
                "a run that is gone has left its system in namespace lent; first: firedrill heal --all"
                        + " --cluster=existing --context=firedrill --namespace=lent",
                CONTEXT,
                NAMESPACE);
        assertThat(Inventory.left(client(), NAMESPACE).orElseThrow().remove()).isEqualTo(1);
        assertThat(Inventory.left(client(), NAMESPACE)).isEmpty();
    }

    @Test
    void only_namespaces_that_were_labelled_for_it_are_touched() {
        String make = "; if it is for drills: kubectl label namespace %s firedrill.dev/allowed=true";
        for (String name : List.of("unlabelled", "forbidden")) {
            refused(
                    "--namespace " + name + " is not labelled firedrill.dev/allowed=true, so nothing in it is touched"
                            + make.formatted(name),
                    CONTEXT,
                    name);
        }
        for (String name : List.of("kube-lent", "kube-system", "default")) {
            refused(
                    "--namespace " + name + " is never drilled; make one for drills: kubectl create namespace NAME &&"
                            + " kubectl label namespace NAME firedrill.dev/allowed=true",
                    CONTEXT,
                    name);
        }
        refused(
                "--namespace nowhere is not there; make it: kubectl create namespace nowhere && kubectl label"
                        + " namespace nowhere firedrill.dev/allowed=true",
                CONTEXT,
                "nowhere");
    }

    private void refused(String message, String context, String namespace) {
        assertThatThrownBy(() -> Clusters.choose("existing", request(context, namespace)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("cluster kind \"existing\" cannot be had here: " + message);
        assertThatThrownBy(() -> ExistingCluster.open(request(context, namespace)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void two_drills_at_a_time_are_refused() {
        try (Cluster first = open()) {
            assertThat(first.client()).isNotNull();
            assertThatThrownBy(() -> take("another", Duration.ofSeconds(15)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageMatching(
                            "--namespace lent is being drilled by .*, process \\d+; wait until that has" + " ended");
            assertThat(progress).last().asString().startsWith("namespace lent is held by ");
        }
        take("another", Duration.ofSeconds(15)).close();
    }

    @Test
    void a_holder_that_has_died_does_not_block_for_ever() {
        DrillLease dead = take("dead", Duration.ofSeconds(2));
        dead.die();
        try (DrillLease next = take("next", Duration.ofSeconds(2))) {
            assertThat(DrillLease.isHeld(client(), NAMESPACE)).isTrue();
            dead.close();
            assertThat(DrillLease.isHeld(client(), NAMESPACE))
                    .as("what the dead one gives up was not its own any more")
                    .isTrue();
            assertThat(next).isNotNull();
        }
    }

    @Test
    void a_server_that_is_away_for_a_while_is_waited_for() throws Exception {
        URI server = URI.create(client().getMasterUrl().toString());
        try (Relay relay = new Relay(new InetSocketAddress(server.getHost(), server.getPort()))) {
            Path kubeconfig = Files.writeString(
                    directory.resolve("config"),
                    Files.readString(held.kubeconfig()).replace(":" + server.getPort(), ":" + relay.port()));
            ClusterRequest request = ClusterRequest.plain().at(new ExistingTarget(kubeconfig, CONTEXT, NAMESPACE));
            try (Cluster cluster = Clusters.start("existing", request);
                    Ground ground = cluster.ground("any")) {
                ground.prepare(List.of(configMap("mine"))).forEach(ExistingClusterIT::apply);
                relay.cut();
                CompletableFuture<ConfigMap> asked = CompletableFuture.supplyAsync(() -> cluster.client()
                        .configMaps()
                        .inNamespace(NAMESPACE)
                        .withName("mine")
                        .require());
                await().during(Duration.ofSeconds(1)).until(() -> !asked.isDone());
                relay.mend();
                assertThat(asked.get(30, TimeUnit.SECONDS).getData()).containsEntry("key", "value");
                relay.cut();
                relay.mend();
            }
            assertThat(configMaps()).isEmpty();
        }
    }

    private DrillLease take(String holder, Duration lasting) {
        return DrillLease.take(client(), NAMESPACE, holder, lasting, progress::add);
    }

    private static HasMetadata configMap(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addToData("key", "value")
                .build();
    }

    private static void apply(HasMetadata object) {
        client().resource(object).inNamespace(NAMESPACE).create();
    }
}
