package dev.firedrill.harness.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.cluster.ClassPaths;
import dev.firedrill.harness.cluster.embedded.kubelet.ProcessMark;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarnessEndIT {
    /** What is promised. */
    private static final Duration GONE = Duration.ofSeconds(5);

    private final List<Process> harnesses = new ArrayList<>();

    @AfterEach
    void endHarnesses() {
        harnesses.forEach(Process::destroyForcibly);
    }

    @Test
    void after_kill_9_of_the_harness_no_process_and_no_file_of_it_is_left() throws Exception {
        Process harness = harness(List.of(), "sleeper");
        Run run = run(harness);

        kill("-KILL", harness.pid());

        await().atMost(GONE).untilAsserted(() -> assertThat(ProcessMark.processes(run.mark()))
                .isEmpty());
        await().atMost(GONE).untilAsserted(() -> assertThat(run.directory()).doesNotExist());
    }

    @Test
    void a_stopped_pod_is_not_forgotten_after_kill_9() throws Exception {
        Process harness = harness(List.of(), "sleeper");
        Run run = run(harness);
        kill("-STOP", run.pod());

        kill("-KILL", harness.pid());

        await().atMost(GONE).untilAsserted(() -> assertThat(ProcessMark.processes(run.mark()))
                .isEmpty());
    }

    @Test
    void a_terminated_harness_takes_its_pods_with_it() throws Exception {
        Process harness = harness(List.of(), "sleeper");
        Run run = run(harness);

        harness.destroy();

        assertThat(harness.waitFor(30, TimeUnit.SECONDS)).isTrue();
        await().atMost(GONE).untilAsserted(() -> assertThat(ProcessMark.processes(run.mark()))
                .isEmpty());
        await().atMost(GONE).untilAsserted(() -> assertThat(run.directory()).doesNotExist());
    }

    @Test
    void no_program_finds_the_kubeconfig_of_the_user_and_neither_does_the_harness(@TempDir Path home) throws Exception {
        try (Decoy decoy = new Decoy()) {
            Path kubeconfig = decoy.kubeconfig(home);
            List<String> options = List.of("-Duser.home=" + home);
            Map<String, String> environment = Map.of("KUBECONFIG", kubeconfig.toString(), "HOME", home.toString());

            Process careless = start(options, ApiCaller.class, "", environment);
            assertThat(careless.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(decoy.calls())
                    .as("calls by a program that is not in a drill")
                    .isPositive();
            int before = decoy.calls();

            Process harness = start(options, ClusterHolder.class, "caller", environment);
            assertThat(line(harness, "ended ")).as("exit status of the pod").isEqualTo("7");
            assertThat(harness.waitFor(60, TimeUnit.SECONDS)).isTrue();

            assertThat(decoy.calls()).as("calls by a drill").isEqualTo(before);
        }
    }

    private record Run(String mark, long pod, Path directory) {}

    private Process harness(List<String> options, String pod) throws IOException {
        return start(options, ClusterHolder.class, pod, Map.of());
    }

    private Process start(List<String> options, Class<?> main, String argument, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-cp");
        command.add(
                ClassPaths.ofThisJvm().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(main.getName());
        command.add(argument);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        harnesses.add(process);
        return process;
    }

    private static Run run(Process harness) throws IOException {
        long pod = Long.parseLong(line(harness, "pod "));
        String environment = Files.readString(Path.of("/proc/" + pod + "/environ"));
        String mark = value(environment, ProcessMark.VARIABLE);
        String run = mark.substring(0, mark.indexOf('.') + 1);
        assertThat(ProcessMark.processes(run)).isNotEmpty();
        Path home = Path.of(value(environment, "HOME"));
        return new Run(run, pod, home.resolve("../../..").normalize());
    }

    private static String value(String environment, String name) {
        for (String entry : environment.split("\0", -1)) {
            if (entry.startsWith(name + "=")) {
                return entry.substring(name.length() + 1);
            }
        }
        throw new AssertionError(name + " is not in the pod's environment");
    }

    private static String line(Process process, String prefix) throws IOException {
        BufferedReader output = process.inputReader();
        StringBuilder seen = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            seen.append(line).append('\n');
            if (line.startsWith(prefix)) {
                return line.substring(prefix.length());
            }
        }
        throw new AssertionError("no line '" + prefix + "' came; output: " + seen);
    }

    private static void kill(String signal, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, String.valueOf(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** A cluster that nobody may call. */
    private static final class Decoy implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final AtomicInteger calls = new AtomicInteger();

        Decoy() throws IOException {
            Thread thread = new Thread(this::count, "decoy");
            thread.setDaemon(true);
            thread.start();
        }

        private void count() {
            while (!socket.isClosed()) {
                try (Socket caller = socket.accept()) {
                    calls.incrementAndGet();
                    caller.getOutputStream()
                            .write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                } catch (IOException ignored) {
                    // closed, or the caller left
                }
            }
        }

        int calls() {
            return calls.get();
        }

        Path kubeconfig(Path home) throws IOException {
            String text = """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: real, cluster: {server: "http://127.0.0.1:%d"}}]
                    users: [{name: me, user: {token: secret}}]
                    contexts: [{name: real, context: {cluster: real, user: me}}]
                    current-context: real
                    """.formatted(socket.getLocalPort());
            Path file = Files.createDirectories(home.resolve(".kube")).resolve("config");
            return Files.writeString(file, text);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
