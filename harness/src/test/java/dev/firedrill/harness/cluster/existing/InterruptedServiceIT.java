package dev.firedrill.harness.cluster.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.cluster.ApiTrouble;
import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.Clusters;
import dev.firedrill.harness.cluster.ExistingTarget;
import dev.firedrill.harness.cluster.Ground;
import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.DrillResult;
import dev.firedrill.harness.drill.DrillRunner;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.drill.StageRequest;
import dev.firedrill.harness.drill.SystemUnderDrill;
import dev.firedrill.harness.fault.Healer;
import dev.firedrill.harness.fault.TwoPrograms;
import dev.firedrill.harness.fault.service.BrokenService;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.HealingException;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.probe.ProbeSpec;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Timekeeper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Credentials that expire, and an API server that restarts, in the middle of a drill on a cluster of somebody else. */
@Tag("waits")
class InterruptedServiceIT {
    private static final String CONTEXT = "firedrill";
    private static final String REFUSED =
            "the server does not accept the credentials (401): have they expired? Log in again";
    private static final long LIFE_SECONDS = 3600;

    @SuppressWarnings("NullAway.Init")
    private static Cluster held;

    private static int tokens;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private String namespace;

    @BeforeAll
    static void hold() {
        held = Clusters.start("embedded", ClusterRequest.plain());
    }

    @AfterAll
    static void end() {
        held.close();
    }

    @BeforeEach
    void lend(TestInfo test) {
        namespace = "lent-" + Integer.toHexString(test.getDisplayName().hashCode());
        held.client()
                .namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .addToLabels(Ground.ALLOWED, "true")
                        .endMetadata()
                        .build())
                .create();
    }

    @Test
    void credentials_that_expire_are_named_and_the_undo_waits_for_heal_with_fresh_ones() throws Exception {
        try (Doorkeeper door = doorkeeper()) {
            String old = token();
            Path kubeconfig = Files.writeString(directory.resolve("config"), withToken(door, old));

            Ended ended = drill(kubeconfig, () -> door.expire(old));

            assertThat(ended.result().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(ended.result().judgements())
                    .extracting(Judgement::reason)
                    .noneMatch(reason -> reason.contains("\n"))
                    .anySatisfy(reason -> assertThat(reason)
                            .startsWith("could not put back broken: " + REFUSED + "; its undo is kept in the namespace"
                                    + " as firedrill-undo-")
                            .endsWith("; put it back with: firedrill heal"));
            assertThat(ended.trouble())
                    .contains("what was deployed in namespace " + namespace + " is not removed: " + REFUSED
                            + "; remove it with: firedrill heal");
            assertThat(undosInCluster()).hasSize(1);
            assertThat(undosOnDisk()).hasSize(1);
            assertThat(selector()).isNotEqualTo(Map.of("app", "web"));

            assertThatThrownBy(() -> entrance(kubeconfig).check())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith("the API server of context firedrill, https://127.0.0.1:")
                    .hasMessageEndingWith(", cannot be asked: " + REFUSED);

            Files.writeString(kubeconfig, withToken(door, token()));
            healed(kubeconfig);
        }
    }

    private void healed(Path kubeconfig) throws IOException {
        try (KubernetesClient client = entrance(kubeconfig).connect()) {
            Healer healer = new Healer(client, List.of(directory.resolve("undo")));
            Healer.Outcome outcome = healer.heal(healer.open(List.of(namespace)));
            assertThat(outcome.healed()).singleElement().asString().contains("broken (broken-service Service/web)");
            assertThat(outcome.failures()).isEmpty();
            assertThat(selector()).isEqualTo(Map.of("app", "web"));
            assertThat(undosInCluster()).isEmpty();
            assertThat(undosOnDisk()).isEmpty();
            assertThat(Inventory.left(client, namespace).orElseThrow().remove()).isPositive();
        }
        assertThat(held.client()
                        .apps()
                        .deployments()
                        .inNamespace(namespace)
                        .list()
                        .getItems())
                .isEmpty();
    }

    @Test
    void what_heal_cannot_put_back_is_told_and_kept() throws Exception {
        try (Doorkeeper door = doorkeeper()) {
            String old = token();
            Path kubeconfig = Files.writeString(directory.resolve("config"), withToken(door, old));
            drill(kubeconfig, () -> door.expire(old));
            String next = token();
            Files.writeString(kubeconfig, withToken(door, next));

            try (KubernetesClient client = entrance(kubeconfig).connect()) {
                Healer healer = new Healer(client, List.of(directory.resolve("undo")));
                List<Healer.Open> open = healer.open(List.of(namespace));
                door.expire(next);

                Healer.Outcome outcome = healer.heal(open);
                assertThat(outcome.healed()).isEmpty();
                assertThat(outcome.failures())
                        .singleElement()
                        .asString()
                        .startsWith("broken (broken-service Service/web)")
                        .contains(REFUSED)
                        .doesNotContain("\n");
            }
            assertThat(undosOnDisk()).hasSize(1);
            Files.writeString(kubeconfig, withToken(door, token()));
            healed(kubeconfig);
        }
    }

    @Test
    void a_login_in_the_middle_is_taken_up_wherever_the_kubeconfig_has_it_from() throws Exception {
        Path file = directory.resolve("token");
        Path command = Files.writeString(directory.resolve("login"), """
                #!/bin/sh
                printf '{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",'
                printf ' "status": {"token": "%%s"}}' "$(cat '%s')"
                """.formatted(file));
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        List<String> users = List.of(
                "{token: \"TOKEN\"}",
                "{tokenFile: \"" + file + "\"}",
                "{exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: \"" + command
                        + "\"}}");
        for (String user : users) {
            try (Doorkeeper door = doorkeeper()) {
                String old = token();
                Path kubeconfig = login(door, user, old, file);
                try (KubernetesClient client = entrance(kubeconfig).connect()) {
                    assertThat(client.pods().inNamespace(namespace).list()).isNotNull();
                    door.expire(old);
                    assertThatThrownBy(
                                    () -> client.pods().inNamespace(namespace).list())
                            .as(user)
                            .isInstanceOf(KubernetesClientException.class)
                            .satisfies(e ->
                                    assertThat(ApiTrouble.words((Exception) e)).isEqualTo(REFUSED));
                    login(door, user, token(), file);
                    assertThat(client.pods().inNamespace(namespace).list())
                            .as(user)
                            .isNotNull();
                }
            }
        }
    }

    private Path login(Doorkeeper door, String user, String token, Path file) throws IOException {
        Files.writeString(file, token);
        return Files.writeString(directory.resolve("config"), door.kubeconfig(CONTEXT, user.replace("TOKEN", token)));
    }

    @Test
    void a_drill_goes_on_with_the_next_token_of_its_file() throws Exception {
        try (Doorkeeper door = doorkeeper()) {
            Path file = directory.resolve("token");
            String old = token();
            Path kubeconfig = login(door, "{tokenFile: \"" + file + "\"}", old, file);
            String next = token();

            Ended ended = drill(kubeconfig, () -> {
                Files.writeString(file, next);
                door.expire(old);
            });

            passed(ended);
        }
    }

    @Test
    void an_api_server_that_restarts_is_waited_for() throws Exception {
        try (Relay relay = relay()) {
            Path kubeconfig = through(relay);

            Ended ended = drill(kubeconfig, () -> {
                relay.cut();
                Executor later = CompletableFuture.delayedExecutor(2500, TimeUnit.MILLISECONDS);
                later.execute(() -> {
                    try {
                        relay.mend();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            });

            passed(ended);
        }
    }

    @Test
    void answers_that_are_lost_do_no_harm() throws Exception {
        try (Relay relay = relay()) {
            Path kubeconfig = through(relay);

            passed(drill(kubeconfig, EventType.DRILL_STARTED, () -> relay.loseOneIn(4)));
        }
    }

    private static Relay relay() throws IOException {
        URI server = URI.create(held.client().getMasterUrl().toString());
        return new Relay(new InetSocketAddress(server.getHost(), server.getPort()));
    }

    private Path through(Relay relay) throws IOException {
        int port = URI.create(held.client().getMasterUrl().toString()).getPort();
        return Files.writeString(
                directory.resolve("config"),
                Files.readString(held.kubeconfig()).replace(":" + port, ":" + relay.port()));
    }

    private void passed(Ended ended) throws IOException {
        assertThat(ended.result().judgements()).allSatisfy(judgement -> assertThat(judgement.verdict())
                .as("%s: %s", judgement.expectation(), judgement.reason())
                .isEqualTo(Verdict.PASS));
        assertThat(ended.trouble()).isEmpty();
        assertThat(undosInCluster()).isEmpty();
        assertThat(undosOnDisk()).isEmpty();
        assertThat(held.client().services().inNamespace(namespace).list().getItems())
                .isEmpty();
    }

    private interface Happening {
        void happen() throws IOException;
    }

    /**
     * How a drill ended.
     *
     * @param trouble why its namespace was not given back; empty if it was
     */
    private record Ended(DrillResult result, Optional<String> trouble) {}

    /** Breaks a Service for a moment; when that is proven, something happens to the way to the API server. */
    private Ended drill(Path kubeconfig, Happening happening) {
        return drill(kubeconfig, EventType.FAULT_PROVEN, happening);
    }

    private Ended drill(Path kubeconfig, String when, Happening happening) {
        Drill drill = Drill.named("broken")
                .watching(ProbeSpec.inside("web")
                        .url("http://web:8080/")
                        .status(204)
                        .every(Duration.ofMillis(200))
                        .build())
                .fromSteadyState()
                .inject("broken", BrokenService.selectingNothing("web", 8080))
                .observe(Duration.ofSeconds(1))
                .undo("broken")
                .build();
        ClusterRequest request = ClusterRequest.plain().at(new ExistingTarget(kubeconfig, CONTEXT, namespace));
        StageRequest stage = new StageRequest("any", "run", directory, 1, Map.of());
        @Nullable DrillResult result = null;
        try (Journal journal = Journal.inMemory(Timekeeper.system());
                Cluster cluster = Clusters.start("existing", request);
                Stage raised = Stage.raise(cluster, new Unpaged(), stage, journal)) {
            journal.listen(event -> {
                if (event.type().equals(when)) {
                    try {
                        happening.happen();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            });
            result = new DrillRunner(raised).run(drill);
        } catch (HealingException e) {
            return new Ended(Objects.requireNonNull(result), Optional.of(String.valueOf(e.getMessage())));
        }
        return new Ended(Objects.requireNonNull(result), Optional.empty());
    }

    /** Two programs that nothing watches. */
    private static final class Unpaged implements SystemUnderDrill {
        @Override
        public List<HasMetadata> objects(Map<String, String> variants) {
            return new TwoPrograms().objects(variants);
        }

        @Override
        public Optional<Duration> pagesWithin() {
            return Optional.empty();
        }
    }

    private static Entrance entrance(Path kubeconfig) {
        return Entrance.held(kubeconfig, CONTEXT, Guards.ofProperties());
    }

    private Map<String, String> selector() {
        return held.client()
                .services()
                .inNamespace(namespace)
                .withName("web")
                .require()
                .getSpec()
                .getSelector();
    }

    private List<String> undosInCluster() {
        return held.client().configMaps().inNamespace(namespace).withLabel(Ground.UNDO).list().getItems().stream()
                .map(map -> map.getMetadata().getName())
                .toList();
    }

    private List<Path> undosOnDisk() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("undo"))) {
            return files.toList();
        }
    }

    private Doorkeeper doorkeeper() throws Exception {
        return new Doorkeeper(
                URI.create(held.client().getMasterUrl().toString()),
                held.client().getConfiguration().getCaCertData());
    }

    private static String withToken(Doorkeeper door, String token) {
        return door.kubeconfig(CONTEXT, "{token: \"" + token + "\"}");
    }

    /** Another one each time. */
    private String token() {
        tokens++;
        return held.client()
                .serviceAccounts()
                .inNamespace(namespace)
                .withName("default")
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(LIFE_SECONDS + tokens)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }
}
