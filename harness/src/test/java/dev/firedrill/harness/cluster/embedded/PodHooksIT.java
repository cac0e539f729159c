package dev.firedrill.harness.cluster.embedded;

import static dev.firedrill.harness.cluster.embedded.EmbeddedPods.main;
import static dev.firedrill.harness.cluster.embedded.EmbeddedPods.phase;
import static dev.firedrill.harness.cluster.embedded.EmbeddedPods.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hooks of containers, and the paths that they see. */
@Timeout(180)
class PodHooksIT {
    private static EmbeddedPods pods;

    @BeforeAll
    static void start() {
        pods = new EmbeddedPods();
    }

    @AfterAll
    static void stop() {
        pods.close();
    }

    /** A pod that mounts a scratch directory at {@code /data}. */
    private static PodBuilder withData(String name, String script, String subPath) {
        return shell(name, script)
                .editSpec()
                .addNewVolume()
                .withName("data")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .editFirstContainer()
                .addNewEnv()
                .withName("PLACE")
                .withValue("deep")
                .endEnv()
                .addNewVolumeMount()
                .withName("data")
                .withMountPath("/data")
                .withSubPathExpr(subPath)
                .endVolumeMount()
                .endContainer()
                .endSpec();
    }

    private static String log(String namespace, String pod) {
        return pods.client().pods().inNamespace(namespace).withName(pod).getLog();
    }

    @Test
    void a_hook_before_the_end_that_outlasts_the_grace_leaves_time_for_last_words() throws Exception {
        String namespace = pods.newNamespace();
        pods.create(
                namespace,
                shell("polite", "trap 'echo told; exit 0' TERM; echo up; while :; do sleep 0.1; done")
                        .editSpec()
                        .withTerminationGracePeriodSeconds(1L)
                        .editFirstContainer()
                        .withNewLifecycle()
                        .withNewPreStop()
                        .withNewExec()
                        .withCommand("sleep", "60")
                        .endExec()
                        .endPreStop()
                        .endLifecycle()
                        .endContainer()
                        .endSpec());
        pods.await(namespace, "polite", EmbeddedPods::ready);
        var pod = pods.client().pods().inNamespace(namespace).withName("polite");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(log(namespace, "polite")).isEqualTo("up\n"));

        try (var watch = pod.watchLog();
                InputStream output = watch.getOutput()) {
            pod.delete();
            assertThat(new String(output.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("up\ntold\n");
        }
    }

    @Test
    void a_hook_sees_the_same_paths_as_its_container() {
        String namespace = pods.newNamespace();
        pods.create(
                namespace,
                withData("told", "until cat /data/said; do sleep 0.1; done 2>&-", "$(PLACE)")
                        .editSpec()
                        .withRestartPolicy("Never")
                        .editFirstContainer()
                        .withNewLifecycle()
                        .withNewPostStart()
                        .withNewExec()
                        .withCommand("sh", "-c", "echo hello > /data/said")
                        .endExec()
                        .endPostStart()
                        .endLifecycle()
                        .endContainer()
                        .endSpec());
        pods.await(namespace, "told", pod -> phase(pod, "Succeeded"));

        assertThat(log(namespace, "told")).isEqualTo("hello\n");
    }

    @Test
    void a_path_of_a_variable_that_is_missing_is_waited_for() {
        String namespace = pods.newNamespace();
        pods.create(namespace, withData("lost", "exit 0", "$(NOWHERE)/x"));
        Pod waiting = pods.await(
                namespace,
                "lost",
                pod -> main(pod).getState().getWaiting() != null
                        && "CreateContainerConfigError"
                                .equals(main(pod).getState().getWaiting().getReason()));

        assertThat(main(waiting).getState().getWaiting().getMessage()).isEqualTo("missing value for NOWHERE");
    }

    @Test
    void a_working_directory_below_a_mount_is_made() {
        String namespace = pods.newNamespace();
        pods.create(
                namespace,
                withData("worker", "pwd; ls /data", "")
                        .editSpec()
                        .withRestartPolicy("Never")
                        .editFirstContainer()
                        .withWorkingDir("/data/a/b")
                        .endContainer()
                        .endSpec());
        pods.await(namespace, "worker", pod -> phase(pod, "Succeeded"));

        assertThat(log(namespace, "worker")).contains("/a/b\n").endsWith("\na\n");
    }
}
