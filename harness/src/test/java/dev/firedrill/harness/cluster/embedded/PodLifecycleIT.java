package dev.firedrill.harness.cluster.embedded;

import static dev.firedrill.harness.cluster.embedded.EmbeddedPods.main;
import static dev.firedrill.harness.cluster.embedded.EmbeddedPods.phase;
import static dev.firedrill.harness.cluster.embedded.EmbeddedPods.pid;
import static dev.firedrill.harness.cluster.embedded.EmbeddedPods.ready;
import static dev.firedrill.harness.cluster.embedded.EmbeddedPods.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PodLifecycleIT {
    private static EmbeddedPods pods;

    @BeforeAll
    static void start() {
        pods = new EmbeddedPods();
    }

    @AfterAll
    static void stop() {
        pods.close();
    }

    @Test
    void a_pod_without_probes_is_running_and_ready() {
        String namespace = pods.newNamespace();

        pods.create(namespace, shell("plain", "echo hello; exec sleep 600"));
        Pod pod = pods.await(namespace, "plain", EmbeddedPods::ready);

        assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
        assertThat(pod.getStatus().getPodIP()).startsWith("127.");
        assertThat(pod.getStatus().getQosClass()).isEqualTo("BestEffort");
        assertThat(main(pod).getState().getRunning()).isNotNull();
        assertThat(ProcessHandle.of(pid(pod))).isPresent();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(pods.client()
                        .pods()
                        .inNamespace(namespace)
                        .withName("plain")
                        .getLog())
                .isEqualTo("hello\n"));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(pods.eventReasons(namespace, "plain"))
                .contains("Pulled", "Created", "Started"));
    }

    @Test
    void a_container_that_keeps_failing_is_restarted_with_back_off() {
        String namespace = pods.newNamespace();

        pods.create(namespace, shell("crash", "echo run; exit 3"));
        Pod waiting = pods.await(
                namespace,
                "crash",
                pod -> main(pod).getRestartCount() >= 2
                        && main(pod).getState().getWaiting() != null
                        && main(pod).getState().getWaiting().getReason().equals("CrashLoopBackOff"));

        assertThat(main(waiting).getState().getWaiting().getMessage()).contains("restarting failed container=main");
        assertThat(main(waiting).getLastState().getTerminated().getExitCode()).isEqualTo(3);
        assertThat(main(waiting).getLastState().getTerminated().getReason()).isEqualTo("Error");
        assertThat(waiting.getStatus().getPhase()).isEqualTo("Running");
        assertThat(ready(waiting)).isFalse();
        assertThat(pods.client()
                        .pods()
                        .inNamespace(namespace)
                        .withName("crash")
                        .terminated()
                        .getLog())
                .isEqualTo("run\n");
    }

    @Test
    void a_real_sigkill_shows_as_137_and_the_container_comes_back() {
        String namespace = pods.newNamespace();
        pods.create(namespace, shell("victim", "sleep 600 & wait"));
        Pod before = pods.await(namespace, "victim", EmbeddedPods::ready);

        ProcessHandle.of(pid(before)).orElseThrow().destroyForcibly();
        Pod after = pods.await(namespace, "victim", pod -> main(pod).getRestartCount() == 1 && ready(pod));

        assertThat(main(after).getLastState().getTerminated().getExitCode()).isEqualTo(137);
        assertThat(main(after).getLastState().getTerminated().getContainerID())
                .isEqualTo(main(before).getContainerID());
    }

    @Test
    void a_failing_liveness_probe_restarts_the_container() {
        String namespace = pods.newNamespace();
        PodBuilder pod = shell("sick", "touch $HOME/well; exec sleep 600")
                .editSpec()
                .withTerminationGracePeriodSeconds(1L)
                .editFirstContainer()
                .withNewLivenessProbe()
                .withTimeoutSeconds(10)
                .withNewExec()
                .withCommand("sh", "-c", "test -f $HOME/well")
                .endExec()
                .withPeriodSeconds(1)
                .withFailureThreshold(1)
                .endLivenessProbe()
                .endContainer()
                .endSpec();
        pods.create(namespace, pod);
        Pod running = pods.await(namespace, "sick", EmbeddedPods::ready);
        String home = environment(pid(running), "HOME");

        await().atMost(Duration.ofSeconds(30)).until(() -> new java.io.File(home, "well").delete());
        Pod restarted = pods.await(namespace, "sick", each -> main(each).getRestartCount() >= 1);

        assertThat(main(restarted).getRestartCount()).isPositive();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(pods.eventReasons(namespace, "sick"))
                .contains("Unhealthy", "Killing"));
    }

    private static String environment(long pid, String name) {
        try {
            String all = java.nio.file.Files.readString(java.nio.file.Path.of("/proc/" + pid + "/environ"));
            for (String entry : all.split("\0", -1)) {
                if (entry.startsWith(name + "=")) {
                    return entry.substring(name.length() + 1);
                }
            }
            throw new AssertionError(name + " not in environment: " + all);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_pod_is_not_ready_before_its_readiness_probe_succeeds() {
        String namespace = pods.newNamespace();
        PodBuilder pod = shell("slow", "exec sleep 600")
                .editSpec()
                .editFirstContainer()
                .withNewReadinessProbe()
                .withTimeoutSeconds(10)
                .withNewExec()
                .withCommand("sh", "-c", "test -f $HOME/open")
                .endExec()
                .withPeriodSeconds(1)
                .endReadinessProbe()
                .endContainer()
                .endSpec();
        pods.create(namespace, pod);
        Pod running =
                pods.await(namespace, "slow", each -> main(each).getState().getRunning() != null);
        assertThat(ready(running)).isFalse();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(pods.eventReasons(namespace, "slow"))
                .contains("Unhealthy"));

        write(environment(pid(running), "HOME") + "/open");

        assertThat(ready(pods.await(namespace, "slow", EmbeddedPods::ready))).isTrue();
    }

    private static void write(String file) {
        try {
            java.nio.file.Files.writeString(java.nio.file.Path.of(file), "");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void deletion_lets_a_pod_end_by_itself() {
        String namespace = pods.newNamespace();
        String script = "trap 'exit 0' TERM; echo hello; while :; do sleep 0.1; done";
        pods.create(namespace, shell("polite", script));
        Pod pod = pods.await(namespace, "polite", EmbeddedPods::ready);
        awaitLog(namespace, "polite", "hello");

        pods.client().pods().inNamespace(namespace).withName("polite").delete();
        pods.awaitGone(namespace, "polite");

        assertThat(ProcessHandle.of(pid(pod)).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void a_pod_that_ignores_sigterm_is_killed_when_its_grace_is_over_with_all_that_it_started() {
        String namespace = pods.newNamespace();
        String script = "trap '' TERM; setsid sh -c 'trap \"\" TERM; exec sleep 601' & while :; do sleep 0.2; done";
        pods.create(
                namespace,
                shell("stubborn", script)
                        .editSpec()
                        .withTerminationGracePeriodSeconds(1L)
                        .endSpec());
        Pod pod = pods.await(namespace, "stubborn", EmbeddedPods::ready);
        String mark = environment(pid(pod), "FIREDRILL_MARK");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> dev.firedrill.harness.cluster.embedded.kubelet.ProcessMark.processes(mark)
                                .size()
                        >= 2);

        pods.client().pods().inNamespace(namespace).withName("stubborn").delete();
        pods.awaitGone(namespace, "stubborn");

        assertThat(dev.firedrill.harness.cluster.embedded.kubelet.ProcessMark.processes(mark))
                .isEmpty();
    }

    @Test
    void a_config_map_volume_follows_its_config_map() {
        String namespace = pods.newNamespace();
        var maps = pods.client().configMaps().inNamespace(namespace);
        maps.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("settings")
                        .endMetadata()
                        .withData(Map.of("a.yaml", "one"))
                        .build())
                .create();
        PodBuilder pod = shell("follower", "while :; do cat /etc/app/a.yaml; echo; sleep 0.2; done")
                .editSpec()
                .addNewVolume()
                .withName("config")
                .withNewConfigMap()
                .withName("settings")
                .endConfigMap()
                .endVolume()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName("config")
                .withMountPath("/etc/app")
                .endVolumeMount()
                .endContainer()
                .endSpec();
        pods.create(namespace, pod);
        awaitLog(namespace, "follower", "one");

        maps.withName("settings").edit(map -> new ConfigMapBuilder(map)
                .withData(Map.of("a.yaml", "two"))
                .build());

        awaitLog(namespace, "follower", "two");
    }

    private static void awaitLog(String namespace, String pod, String text) {
        pods.await(namespace, pod, EmbeddedPods::ready);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(pods.client()
                        .pods()
                        .inNamespace(namespace)
                        .withName(pod)
                        .getLog())
                .contains(text));
    }

    @Test
    void a_pod_waits_for_its_config_map_and_says_so() {
        String namespace = pods.newNamespace();
        PodBuilder pod = shell("early", "cat /etc/app/key; echo; exec sleep 600")
                .editSpec()
                .addNewVolume()
                .withName("config")
                .withNewConfigMap()
                .withName("late")
                .endConfigMap()
                .endVolume()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName("config")
                .withMountPath("/etc/app")
                .endVolumeMount()
                .endContainer()
                .endSpec();
        pods.create(namespace, pod);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(pods.eventReasons(namespace, "early"))
                .contains("FailedMount"));

        pods.client()
                .configMaps()
                .inNamespace(namespace)
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("late")
                        .endMetadata()
                        .withData(Map.of("key", "here"))
                        .build())
                .create();

        awaitLog(namespace, "early", "here");
    }

    @Test
    void an_unknown_image_waits_with_the_reason_and_the_known_ones() {
        String namespace = pods.newNamespace();
        PodBuilder pod = shell("lost", "true")
                .editSpec()
                .editFirstContainer()
                .withImage("example.com/lost:1")
                .endContainer()
                .endSpec();

        pods.create(namespace, pod);
        Pod waiting = pods.await(
                namespace,
                "lost",
                each -> main(each).getState().getWaiting() != null
                        && main(each).getState().getWaiting().getReason().equals("ImagePullBackOff"));

        assertThat(main(waiting).getState().getWaiting().getMessage())
                .startsWith("Back-off pulling image \"example.com/lost:1\"")
                .contains("firedrill/agent", EmbeddedPods.SHELL_IMAGE);
        assertThatThrownBy(() -> pods.client()
                        .pods()
                        .inNamespace(namespace)
                        .withName("lost")
                        .getLog())
                .hasMessageContaining("is waiting to start: trying and failing to pull image");
        assertThat(waiting.getStatus().getPhase()).isEqualTo("Pending");
    }

    @Test
    void a_pod_for_another_system_is_turned_away() {
        String namespace = pods.newNamespace();
        pods.create(
                namespace,
                shell("foreign", "sleep 60").editSpec().withNewOs("windows").endSpec());
        Pod refused = pods.await(
                namespace, "foreign", each -> "Failed".equals(each.getStatus().getPhase()));
        assertThat(refused.getStatus().getReason()).isEqualTo("PodOSNotSupported");
        assertThat(refused.getStatus().getMessage())
                .isEqualTo("Pod was rejected: Failed to admit pod as the OS field doesn't match node OS");
    }

    @Test
    void init_containers_run_first_and_a_pod_that_never_restarts_succeeds() {
        String namespace = pods.newNamespace();
        PodBuilder pod = shell("job", "cat /prepared/done")
                .editSpec()
                .withRestartPolicy("Never")
                .addNewVolume()
                .withName("work")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .addNewInitContainer()
                .withName("prepare")
                .withImage(EmbeddedPods.SHELL_IMAGE)
                .withArgs("echo prepared > /prepared/done")
                .addNewVolumeMount()
                .withName("work")
                .withMountPath("/prepared")
                .endVolumeMount()
                .endInitContainer()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName("work")
                .withMountPath("/prepared")
                .endVolumeMount()
                .endContainer()
                .endSpec();

        pods.create(namespace, pod);
        Pod done = pods.await(namespace, "job", each -> phase(each, "Succeeded"));

        assertThat(main(done).getState().getTerminated().getReason()).isEqualTo("Completed");
        assertThat(pods.client().pods().inNamespace(namespace).withName("job").getLog())
                .isEqualTo("prepared\n");
    }

    @Test
    void a_followed_log_ends_with_its_container() throws Exception {
        String namespace = pods.newNamespace();
        pods.create(
                namespace,
                shell("talker", "echo one; sleep 1; echo two; sleep 1; exit 0")
                        .editSpec()
                        .withRestartPolicy("Never")
                        .endSpec());
        pods.await(namespace, "talker", each -> main(each).getState().getRunning() != null);

        try (var watch = pods.client()
                        .pods()
                        .inNamespace(namespace)
                        .withName("talker")
                        .watchLog();
                InputStream output = watch.getOutput()) {
            assertThat(new String(output.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("one\ntwo\n");
        }
    }

    @Test
    void nothing_of_the_harness_environment_reaches_a_pod() {
        String namespace = pods.newNamespace();
        pods.create(
                namespace,
                shell("env", "env | sort").editSpec().withRestartPolicy("Never").endSpec());
        pods.await(namespace, "env", each -> phase(each, "Succeeded"));

        String log = pods.client().pods().inNamespace(namespace).withName("env").getLog();

        assertThat(log.lines().map(line -> line.substring(0, line.indexOf('='))))
                .contains("HOME", "PATH", "LISTEN_ADDRESS", "KUBERNETES_SERVICE_HOST", "KUBERNETES_SERVICE_PORT")
                .allMatch(name -> name.startsWith("KUBERNETES_")
                        || java.util.Set.of(
                                        "HOME",
                                        "PATH",
                                        "PWD",
                                        "HOSTNAME",
                                        "TMPDIR",
                                        "LISTEN_ADDRESS",
                                        "FIREDRILL_MARK",
                                        "SHLVL",
                                        "_",
                                        "OLDPWD")
                                .contains(name));
    }
}
