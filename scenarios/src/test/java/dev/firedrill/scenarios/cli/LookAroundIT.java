package dev.firedrill.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person does who looks around with an unmodified kubectl in a cluster that {@code up} holds. */
class LookAroundIT {
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static Path kubectl;

    @SuppressWarnings("NullAway.Init")
    private static Path kubeconfig;

    private static @Nullable Program cluster;

    @BeforeAll
    static void up() throws IOException {
        Optional<Path> found = List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
                .map(folder -> Path.of(folder, "kubectl"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "not run: no kubectl on the PATH");
        kubectl = found.orElseThrow();
        Program program = Program.start(directory, "up");
        cluster = program;
        program.awaitOutput("Ctrl-C ends it");
        kubeconfig = UpIT.kubeconfig(program);
    }

    @AfterAll
    static void down() throws Exception {
        if (cluster != null) {
            try (Program program = cluster) {
                program.signal("INT");
                assertThat(program.status()).as(program.lastWords()).isEqualTo(130);
            }
        }
    }

    private record Said(int status, String text) {}

    private static Said run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(kubectl.toString(), "--namespace", "shop"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("HOME", directory.toString());
        try {
            Path output = Files.createTempFile(directory, "kubectl", ".txt");
            Process process = builder.redirectOutput(output.toFile()).start();
            boolean ended = process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS);
            process.destroyForcibly();
            String text = Files.readString(output);
            assertThat(ended)
                    .as("kubectl %s ended; it said: %s", String.join(" ", arguments), text)
                    .isTrue();
            return new Said(process.exitValue(), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String ok(String... arguments) {
        Said said = run(arguments);
        assertThat(said.status())
                .as("kubectl %s: %s", String.join(" ", arguments), said.text())
                .isZero();
        return said.text();
    }

    @Test
    void the_pods_of_the_system_are_there_and_ready() {
        assertThat(ok("get", "pods", "--output", "wide").lines().skip(1))
                .hasSizeGreaterThanOrEqualTo(7)
                .allSatisfy(
                        line -> assertThat(line).matches("\\S+ +1/1 +Running +\\d+ .*127\\.\\d+\\.1\\d\\d\\.\\d+ .*"));
        assertThat(ok("get", "nodes")).containsPattern("firedrill-[0-9a-f]{6} +Ready ");
    }

    @Test
    void a_pod_can_be_described_and_its_log_read() {
        assertThat(ok("describe", "pod", "--selector", "app=api"))
                .contains("firedrill/fixtures", "Readiness:", "Ready             True", "Scheduled", "Started");
        assertThat(ok("logs", "deployment/api", "--tail", "5")).isNotBlank();
    }

    @Test
    void a_deployment_is_scaled_there_and_back() {
        ok("scale", "deployment/ingress-proxy", "--replicas", "2");
        ok("rollout", "status", "deployment/ingress-proxy", "--timeout", "50s");
        assertThat(ok(
                        "get",
                        "endpointslices",
                        "--selector",
                        "kubernetes.io/service-name=ingress",
                        "--output",
                        "jsonpath={.items[*].endpoints[*].addresses[0]}"))
                .contains(" ");
        ok("scale", "deployment/ingress-proxy", "--replicas", "1");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ok("get", "pods", "--selector", "app=ingress-proxy", "--output", "name")
                                .lines())
                        .hasSize(1));
    }

    @Test
    void a_restart_rolls_to_a_new_revision() {
        ok("rollout", "restart", "deployment/dashboard");
        assertThat(ok("rollout", "status", "deployment/dashboard", "--timeout", "50s"))
                .contains("deployment \"dashboard\" successfully rolled out");
        assertThat(ok("rollout", "history", "deployment/dashboard").lines().filter(line -> line.matches("\\d.*")))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void a_deleted_pod_is_gone_when_kubectl_returns_and_another_takes_its_place() {
        String pod = ok("get", "pods", "--selector", "app=monitor", "--output", "name")
                .strip();
        assertThat(ok("delete", pod)).contains("deleted");
        assertThat(run("get", pod).text()).contains("NotFound");
        ok("wait", "--for", "condition=Available", "deployment/monitor", "--timeout", "50s");
    }

    @Test
    void a_manifest_is_applied_and_one_with_an_unknown_field_refused() throws IOException {
        Path manifest = Files.writeString(
                directory.resolve("note.yaml"),
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: note}\ndata: {text: hello}\n");
        assertThat(ok("apply", "--filename", manifest.toString())).contains("configmap/note created");
        assertThat(ok("apply", "--server-side", "--force-conflicts", "--filename", manifest.toString()))
                .contains("configmap/note serverside-applied");
        Files.writeString(manifest, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: note}\ndatta: {text: hello}\n");

        Said refused = run("apply", "--filename", manifest.toString());

        assertThat(refused.status()).isNotZero();
        assertThat(refused.text()).contains("unknown field \"datta\"");
    }
}
