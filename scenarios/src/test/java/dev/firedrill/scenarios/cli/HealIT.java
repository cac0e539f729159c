package dev.firedrill.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.agent.AgentClient;
import dev.firedrill.harness.agent.FetchRequest;
import dev.firedrill.harness.timeline.Timekeeper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that outlives whoever broke it: what is left there is healed by another process. */
class HealIT {
    private static final String SERVICE = "ingress-internal";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void what_one_process_breaks_another_heals() throws Exception {
        Path held = Files.createDirectories(directory.resolve("held"));
        try (Program up = Program.start(held, "up")) {
            up.awaitOutput("Ctrl-C ends it");
            String kubeconfig = UpIT.kubeconfig(up).toString();
            try (KubernetesClient client = new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(Path.of(kubeconfig).toFile()))
                    .build()) {
                Map<String, String> selector = selector(client);
                tells_and_changes_nothing(client, kubeconfig, selector);
                breaks_and_heals(client, kubeconfig, selector);
                ends_by_itself(client, kubeconfig, selector);
                leaves_alone_what_somebody_else_changed(client, kubeconfig, selector);
                heals_a_latent_fault_for_its_users(client, kubeconfig);
            }
        }
    }

    private void tells_and_changes_nothing(KubernetesClient client, String kubeconfig, Map<String, String> selector)
            throws Exception {
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
        assertThat(selector(client)).isEqualTo(selector);
        assertThat(client.configMaps()
                        .inAnyNamespace()
                        .withLabel("firedrill.dev/undo")
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(said(0, "heal", "--all", "--kubeconfig", kubeconfig)).isEqualTo("nothing to put back\n");
    }

    private void breaks_and_heals(KubernetesClient client, String kubeconfig, Map<String, String> selector)
            throws Exception {
        assertThat(said(0, "inject", "broken-service", "service=" + SERVICE, "port=8081", "--kubeconfig", kubeconfig))
                .contains("in effect: GET http://ingress-internal:8081/ from inside: ");
        assertThat(selector(client)).isNotEqualTo(selector);

        assertThat(said(0, "heal")).doesNotContain("put back:");
        assertThat(said(0, "heal", "--kubeconfig", kubeconfig, "--output", "elsewhere"))
                .isEqualTo("put back: broken-service (broken-service Service/" + SERVICE + ")\n");

        assertThat(selector(client)).isEqualTo(selector);
        assertThat(said(0, "heal", "--all", "--kubeconfig", kubeconfig)).isEqualTo("nothing to put back\n");
    }

    private void ends_by_itself(KubernetesClient client, String kubeconfig, Map<String, String> selector)
            throws Exception {
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
                .untilAsserted(() -> assertThat(selector(client)).isEqualTo(selector));
        assertThat(said(0, "heal", "--all", "--kubeconfig", kubeconfig)).isEqualTo("nothing to put back\n");
    }

    private void leaves_alone_what_somebody_else_changed(
            KubernetesClient client, String kubeconfig, Map<String, String> selector) throws Exception {
        said(0, "inject", "broken-service", "service=" + SERVICE, "port=8081", "--kubeconfig", kubeconfig);
        Map<String, String> other = Map.of("app", "somebody-elses");
        select(client, other);

        assertThat(said(1, "heal", "--all", "--kubeconfig", kubeconfig))
                .contains("left alone: Service/" + SERVICE + " /spec/selector was changed by somebody else since");

        assertThat(selector(client)).isEqualTo(other);
        select(client, selector);
    }

    /** The value alone would not do: the controller reads it only when it synchronises anew. */
    private void heals_a_latent_fault_for_its_users(KubernetesClient client, String kubeconfig) throws Exception {
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
        assertThat(internalRoute(client)).isEqualTo(200);
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
        assertThat(internalRoute(client)).isEqualTo(503);

        assertThat(said(0, "heal", "--all", "--kubeconfig", kubeconfig).lines()).hasSize(2);

        assertThat(internalRoute(client)).isEqualTo(200);
    }

    private static int internalRoute(KubernetesClient client) {
        try (AgentClient agent = AgentClient.in(client, "shop", Timekeeper.system())) {
            return agent.fetch(FetchRequest.get("http://ingress-internal:8081/v1/status")
                            .withHeader("Host", "api.internal"))
                    .status();
        }
    }

    private static Map<String, String> selector(KubernetesClient client) {
        return client.services()
                .inNamespace("shop")
                .withName(SERVICE)
                .require()
                .getSpec()
                .getSelector();
    }

    private static void select(KubernetesClient client, Map<String, String> selector) {
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
