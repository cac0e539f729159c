package dev.firedrill.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.agent.AgentClient;
import dev.firedrill.harness.agent.FetchRequest;
import dev.firedrill.harness.cluster.Ground;
import dev.firedrill.harness.timeline.Timekeeper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that outlives whoever breaks it: others heal it, and drill in a namespace of it that is lent to them. */
class HeldClusterIT {
    private static final String SERVICE = "ingress-internal";
    private static final String LENT = "lent";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path held;

    @SuppressWarnings("NullAway.Init")
    private static Program up;

    @SuppressWarnings("NullAway.Init")
    private static String kubeconfig;

    @SuppressWarnings("NullAway.Init")
    private static KubernetesClient client;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeAll
    static void hold() throws IOException {
        up = Program.start(held, "up");
        up.awaitOutput("Ctrl-C ends it");
        kubeconfig = UpIT.kubeconfig(up).toString();
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(new File(kubeconfig)))
                .build();
    }

    @AfterAll
    static void end() {
        client.close();
        up.close();
    }

    /** Only one namespace may be drilled when the next test begins: it does not say which. */
    @AfterEach
    void removeWhatWasLent() {
        client.namespaces().withName(LENT).delete();
        client.namespaces().withName(LENT).waitUntilCondition(Objects::isNull, 1, TimeUnit.MINUTES);
    }

    @Test
    void what_one_process_breaks_another_heals() throws Exception {
        Map<String, String> selector = selector();
        tells_and_changes_nothing(selector);
        breaks_and_heals(selector);
        ends_by_itself_whatever_else_is_there(selector);
        leaves_alone_what_somebody_else_changed(selector);
        heals_a_latent_fault_for_its_users();
    }

    @Test
    void a_namespace_that_is_lent_is_drilled_and_left_as_it_was() throws Exception {
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(LENT)
                        .addToLabels(Ground.ALLOWED, "true")
                        .endMetadata()
                        .build())
                .create();
        Files.writeString(directory.resolve("short.yaml"), EndIT.SHORT);
        tells_what_a_replay_would_change();
        replays_and_holds_it_for_a_while();
        breaks_and_heals_a_workload_that_was_there();
        held_until_ctrl_c_it_is_given_back_and_the_verdict_stands();
    }

    private void tells_what_a_replay_would_change() throws Exception {
        assertThat(said(0, lent("replay", "short.yaml", "--dry-run")))
                .contains(
                        "would create  Lease/firedrill, while it lasts",
                        "would create  Deployment/dashboard",
                        "would create  Deployment/firedrill-agent");
        assertThat(remains()).isEmpty();
        assertThat(directory.resolve("target")).doesNotExist();
    }

    private void replays_and_holds_it_for_a_while() throws Exception {
        assertThat(said(0, lent("replay", "short.yaml", "--hold", "100ms")))
                .contains(
                        "namespace " + LENT + " (existing) is up. In another terminal:",
                        "It ends after 100 ms, or by Ctrl-C, and removes everything.",
                        "PASS (existing)");
        assertThat(remains()).isEmpty();
    }

    /** Nothing of the fixtures is needed there; the agent comes for as long as the effect is looked for. */
    private void breaks_and_heals_a_workload_that_was_there() throws Exception {
        Service service = copied();
        String[] fault = {"inject", "broken-service", "service=api", "port=8080"};

        assertThat(said(0, lent(fault))).contains("in effect: GET http://api:8080/ from inside: ");
        assertThat(remains()).containsExactly("api");
        is_refused_while_something_is_left_or_in_the_way();

        assertThat(said(0, lent("heal", "--all"))).isEqualTo("put back: broken-service (broken-service Service/api)\n");
        assertThat(client.resource(service).get().getSpec().getSelector())
                .isEqualTo(service.getSpec().getSelector());
        client.resource(service).delete();
        client.apps().deployments().inNamespace(LENT).withName("api").delete();
    }

    private void is_refused_while_something_is_left_or_in_the_way() throws Exception {
        try (Program replay = Program.start(directory, lent("replay", "short.yaml"))) {
            assertThat(replay.status()).as(replay.lastWords()).isEqualTo(2);
            assertThat(replay.complaints())
                    .contains("a run that is gone has left faults in namespace lent; first: firedrill heal ")
                    .hasLineCount(1);
        }
    }

    private void held_until_ctrl_c_it_is_given_back_and_the_verdict_stands() throws Exception {
        try (Program replay = Program.start(directory, lent("replay", "short.yaml", "--hold"))) {
            replay.awaitOutput("Ctrl-C ends it and removes everything.");
            assertThat(remains()).contains("dashboard", "firedrill-agent");

            replay.signal("INT");

            assertThat(replay.status())
                    .as("the verdict stood before: %s", replay.lastWords())
                    .isZero();
        }
        assertThat(remains()).isEmpty();
    }

    /** A workload of somebody who has nothing to do with the shop: one Deployment behind a Service. */
    private static Service copied() {
        Deployment deployment =
                client.apps().deployments().inNamespace("shop").withName("api").require();
        EnvVar token = new EnvVarBuilder()
                .withName("INTERNAL_TOKEN")
                .withValue("of-somebody-else")
                .build();
        List<EnvVar> environment = Stream.concat(
                        deployment.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv().stream()
                                .filter(each -> each.getValueFrom() == null),
                        Stream.of(token))
                .toList();
        Deployment own = new DeploymentBuilder(deployment)
                .withMetadata(ownMetadata())
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withEnv(environment)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .withStatus(null)
                .build();
        client.resource(own).create();
        client.resource(own).waitUntilReady(1, TimeUnit.MINUTES);
        Service service = client.services().inNamespace("shop").withName("api").require();
        return client.resource(new ServiceBuilder()
                        .withMetadata(ownMetadata())
                        .withNewSpec()
                        .withSelector(service.getSpec().getSelector())
                        .withPorts(service.getSpec().getPorts())
                        .endSpec()
                        .build())
                .create();
    }

    private static ObjectMeta ownMetadata() {
        return new ObjectMetaBuilder().withName("api").withNamespace(LENT).build();
    }

    private static List<String> remains() {
        return client.apps().deployments().inNamespace(LENT).list().getItems().stream()
                .map(each -> each.getMetadata().getName())
                .toList();
    }

    private static String[] lent(String... command) {
        String context = client.getConfiguration().getCurrentContext().getName();
        return Stream.concat(
                        Arrays.stream(command),
                        Stream.of(
                                "--cluster=existing",
                                "--kubeconfig=" + kubeconfig,
                                "--context=" + context,
                                "--namespace=" + LENT))
                .toArray(String[]::new);
    }

    private void tells_and_changes_nothing(Map<String, String> selector) throws Exception {
        assertThat(said(
                        0,
                        "inject",
                        "broken-service",
                        "service=" + SERVICE,
                        "port=8081",
                        "--dry-run",
                        "--kubeconfig",
                        kubeconfig))
                .contains(
                        "would change  Service/" + SERVICE + " /spec/selector: ", "needs         services: get, patch")
                .containsPattern("touches       ingress-proxy-\\S+");
        assertThat(selector()).isEqualTo(selector);
        assertThat(client.configMaps()
                        .inAnyNamespace()
                        .withLabel("firedrill.dev/undo")
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(said(0, "heal", "--all", "--kubeconfig", kubeconfig)).isEqualTo("nothing to put back\n");
    }

    private void breaks_and_heals(Map<String, String> selector) throws Exception {
        assertThat(said(0, "inject", "broken-service", "service=" + SERVICE, "port=8081", "--kubeconfig", kubeconfig))
                .contains("in effect: GET http://ingress-internal:8081/ from inside: ");
        assertThat(selector()).isNotEqualTo(selector);

        assertThat(said(0, "heal")).doesNotContain("put back:");
        assertThat(said(0, "heal", "--kubeconfig", kubeconfig, "--output", "elsewhere"))
                .isEqualTo("put back: broken-service (broken-service Service/" + SERVICE + ")\n");

        assertThat(selector()).isEqualTo(selector);
        assertThat(said(0, "heal", "--all", "--kubeconfig", kubeconfig)).isEqualTo("nothing to put back\n");
    }

    private void ends_by_itself_whatever_else_is_there(Map<String, String> selector) throws Exception {
        ConfigMap damaged = client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("firedrill-undo-damaged-1")
                        .withNamespace("shop")
                        .addToLabels(Ground.UNDO, "damaged")
                        .endMetadata()
                        .addToData("undo.json", "{\"v\":1,\"until\":\"soon\"}")
                        .build())
                .create();
        assertThat(said(
                        0,
                        "inject",
                        "broken-service",
                        "service=" + SERVICE,
                        "port=8081",
                        "--for",
                        "2s",
                        "--kubeconfig",
                        kubeconfig))
                .contains("it ends by itself after 2 s");

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(selector()).isEqualTo(selector));
        assertThat(said(3, "heal", "--all", "--kubeconfig", kubeconfig))
                .isEqualTo("not put back: ConfigMap/firedrill-undo-damaged-1 in namespace shop cannot be read:"
                        + " not an undo record: Text 'soon' could not be parsed at index 0\n");
        client.resource(damaged).delete();
    }

    private void leaves_alone_what_somebody_else_changed(Map<String, String> selector) throws Exception {
        said(0, "inject", "broken-service", "service=" + SERVICE, "port=8081", "--kubeconfig", kubeconfig);
        Map<String, String> other = Map.of("app", "somebody-elses");
        select(other);

        assertThat(said(1, "heal", "--all", "--kubeconfig", kubeconfig))
                .contains("left alone: Service/" + SERVICE + " /spec/selector was changed by somebody else since");

        assertThat(selector()).isEqualTo(other);
        select(selector);
    }

    /** The value alone would not do: the controller reads it only when it synchronises anew. */
    private void heals_a_latent_fault_for_its_users() throws Exception {
        assertThat(said(
                        0,
                        "inject",
                        "wrong-config-value",
                        "configMap=ingress-class-internal",
                        "key=upstream-domain",
                        "value=svc.cluster.internal",
                        "--kubeconfig",
                        kubeconfig))
                .contains("planted: read back: upstream-domain = svc.cluster.internal");
        assertThat(internalRoute()).isEqualTo(200);
        said(
                0,
                "inject",
                "controller-resync",
                "configMap=ingress-controller",
                "request=ingress.firedrill.dev/resync-requested-at",
                "answer=ingress.firedrill.dev/resynced-at",
                "breaks=http://ingress-internal:8081/v1/status",
                "host=api.internal",
                "--kubeconfig",
                kubeconfig);
        assertThat(internalRoute()).isEqualTo(503);

        assertThat(said(0, "heal", "--all", "--kubeconfig", kubeconfig).lines()).hasSize(2);

        assertThat(internalRoute()).isEqualTo(200);
    }

    private static int internalRoute() {
        try (AgentClient agent = AgentClient.in(client, "shop", Timekeeper.system())) {
            return agent.fetch(FetchRequest.get("http://ingress-internal:8081/v1/status")
                            .withHeader("Host", "api.internal"))
                    .status();
        }
    }

    private static Map<String, String> selector() {
        return client.services()
                .inNamespace("shop")
                .withName(SERVICE)
                .require()
                .getSpec()
                .getSelector();
    }

    private static void select(Map<String, String> selector) {
        client.services().inNamespace("shop").withName(SERVICE).edit(service -> service.edit()
                .editSpec()
                .withSelector(selector)
                .endSpec()
                .build());
    }

    private String said(int status, String... arguments) throws Exception {
        try (Program program = Program.start(directory, arguments)) {
            assertThat(program.status()).as(program.lastWords()).isEqualTo(status);
            assertThat(program.complaints()).isEmpty();
            return program.output();
        }
    }
}
