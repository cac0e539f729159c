package dev.firedrill.harness.cluster.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.cluster.ExistingTarget;
import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.client.Config;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {
    private static final String TWO_CONTEXTS = """
            apiVersion: v1
            kind: Config
            current-context: staging
            clusters:
            - {name: here, cluster: {server: "https://127.0.0.1:6443"}}
            - {name: there, cluster: {server: "https://127.0.0.2:6443"}}
            users:
            - {name: me, user: {token: abc}}
            contexts:
            - {name: staging, context: {cluster: here, user: me}}
            - {name: drills, context: {cluster: there, user: me}}
            - {name: nobody, context: {cluster: there, user: somebody}}
            - {name: nowhere, context: {cluster: elsewhere, user: me}}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void a_client_is_configured_from_the_named_context_alone() throws IOException {
        Config config = Kubeconfig.named(file("config", TWO_CONTEXTS)).config("drills");

        assertThat(config.getMasterUrl()).startsWith("https://127.0.0.2:6443");
        assertThat(config.getAutoOAuthToken()).isEqualTo("abc");
    }

    @Test
    void a_token_in_a_file_of_its_own_is_read_anew_each_time_and_goes_before_one_in_the_kubeconfig()
            throws IOException {
        Kubeconfig kubeconfig =
                Kubeconfig.named(file("config", TWO_CONTEXTS.replace("{token: abc}", "{token: abc, tokenFile: mine}")));
        assertThatThrownBy(() -> kubeconfig.config("drills"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("--kubeconfig " + directory.resolve("config") + ": the tokenFile of context \"drills\", "
                        + directory.resolve("mine") + ": cannot be read (no such file)");

        file("mine", "first\n");
        Config config = kubeconfig.config("drills");
        assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("first");
        file("mine", "second\n");
        assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("second");
    }

    @Test
    void the_users_own_is_that_of_the_variable_else_that_of_the_home() throws IOException {
        Path one = file("one", TWO_CONTEXTS.replace("drills", "other"));
        Path two = file("two", TWO_CONTEXTS);
        Files.createDirectories(directory.resolve(".kube"));
        Path own = file(".kube/config", TWO_CONTEXTS);
        ExistingTarget target = new ExistingTarget(null, "drills", "ns");

        assertThat(Kubeconfig.of(target, Map.of("KUBECONFIG", one + File.pathSeparator + two), directory)
                        .file())
                .isEqualTo(two);
        assertThat(Kubeconfig.of(target, Map.of(), directory).file()).isEqualTo(own);
        assertThat(Kubeconfig.of(new ExistingTarget(one, "drills", "ns"), Map.of("KUBECONFIG", "" + two), directory)
                        .file())
                .isEqualTo(one);
    }

    @Test
    void what_cannot_be_used_is_refused_in_one_line() throws IOException {
        Path config = file("config", TWO_CONTEXTS);
        ExistingTarget target = new ExistingTarget(null, "drills", "ns");
        Path absent = directory.resolve(".kube").resolve("config");

        refused(
                "--context \"stagin\" is not in " + config
                        + "; allowed: staging, drills, nobody, nowhere; did you mean \"staging\"?",
                () -> Kubeconfig.named(config).config("stagin"));
        refused(
                "--kubeconfig " + config + ": user \"somebody\" of context \"nobody\" is not in it; make one file of"
                        + " several with: kubectl config view --flatten",
                () -> Kubeconfig.named(config).config("nobody"));
        refused(
                "--kubeconfig " + config + ": cluster \"elsewhere\" of context \"nowhere\" has no server; make one file"
                        + " of several with: kubectl config view --flatten",
                () -> Kubeconfig.named(config).config("nowhere"));
        refused(
                "kubeconfig " + absent + ": cannot be read (no such file)",
                () -> Kubeconfig.of(target, Map.of(), directory));
        refused(
                "KUBECONFIG=" + directory + ": cannot be read (it is a directory)",
                () -> Kubeconfig.of(target, Map.of("KUBECONFIG", directory.toString()), directory));
        Path list = file("list", "- a\n");
        refused("--kubeconfig " + list + ": is no kubeconfig: it has no contexts", () -> Kubeconfig.named(list));
        Path noYaml = file("noYaml", "{");
        refused("--kubeconfig " + noYaml + ": is not YAML", () -> Kubeconfig.named(noYaml));
    }

    private static void refused(String message, Runnable attempt) {
        assertThatThrownBy(attempt::run)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
