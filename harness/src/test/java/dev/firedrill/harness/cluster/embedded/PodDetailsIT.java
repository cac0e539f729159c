package dev.firedrill.harness.cluster.embedded;

import static dev.firedrill.harness.cluster.embedded.EmbeddedPods.main;
import static dev.firedrill.harness.cluster.embedded.EmbeddedPods.phase;
import static dev.firedrill.harness.cluster.embedded.EmbeddedPods.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a node says and does about its pods beyond their start and end. */
@Timeout(180)
class PodDetailsIT {
    private static EmbeddedPods pods;
    private static HttpServer web;

    @BeforeAll
    static void start() throws IOException {
        pods = new EmbeddedPods();
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/well", 200, "");
        answer("/bad", 500, "");
        answer("/to-bad", 302, "/bad");
        answer("/to-well", 302, "/well");
        answer("/elsewhere", 302, "http://localhost:1/bad");
        answer("/round", 302, "/round");
        web.start();
    }

    private static void answer(String path, int code, String location) {
        web.createContext(path, exchange -> {
            if (!location.isEmpty()) {
                exchange.getResponseHeaders().add("Location", location);
            }
            exchange.sendResponseHeaders(code, -1);
            exchange.close();
        });
    }

    @AfterAll
    static void stop() {
        web.stop(0);
        pods.close();
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(assertion);
    }

    private static List<String> messages(String namespace, String reason) {
        return pods.client().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> reason.equals(event.getReason()))
                .map(Event::getMessage)
                .toList();
    }

    private static String condition(Pod pod, String type) {
        return pod.getStatus().getConditions().stream()
                .filter(each -> each.getType().equals(type))
                .map(PodCondition::getStatus)
                .findFirst()
                .orElse("");
    }

    @Test
    void conditions_that_others_set_stay() {
        String namespace = pods.newNamespace();
        pods.create(namespace, shell("marked", "exec sleep 600"));
        pods.await(namespace, "marked", EmbeddedPods::ready);
        List<String> types =
                IntStream.range(0, 50).mapToObj(i -> "example.com/" + i).toList();

        for (String type : types) {
            pods.client()
                    .pods()
                    .inNamespace(namespace)
                    .withName("marked")
                    .subresource("status")
                    .patch(
                            PatchContext.of(PatchType.STRATEGIC_MERGE),
                            "{\"status\":{\"conditions\":[{\"type\":\"" + type + "\",\"status\":\"True\"}]}}");
        }
        pods.client().pods().inNamespace(namespace).withName("marked").delete();
        Pod last = pods.client()
                .pods()
                .inNamespace(namespace)
                .withName("marked")
                .waitUntilCondition(pod -> pod == null || pod.isMarkedForDeletion(), 60, TimeUnit.SECONDS);

        assertThat(last.getStatus().getConditions())
                .extracting(PodCondition::getType)
                .containsAll(types);
    }

    @Test
    void what_the_cluster_writes_is_managed_by_its_components() {
        String namespace = pods.newNamespace();
        pods.create(namespace, shell("written", "exec sleep 600"));
        pods.await(namespace, "written", EmbeddedPods::ready);

        assertThat(managers(pods.client()
                        .pods()
                        .inNamespace(namespace)
                        .withName("written")
                        .get()))
                .contains("kubelet");
        assertThat(managers(pods.client().nodes().list().getItems().get(0))).containsOnly("kubelet");
        assertThat(managers(pods.client()
                        .configMaps()
                        .inNamespace(namespace)
                        .withName("kube-root-ca.crt")
                        .get()))
                .containsOnly("kube-controller-manager");
    }

    @Test
    void a_pod_that_is_held_back_waits_until_its_gates_are_gone() {
        String namespace = pods.newNamespace();
        pods.create(
                namespace,
                shell("held", "exec sleep 600")
                        .editSpec()
                        .addNewSchedulingGate("example.com/hold")
                        .endSpec());
        Pod held = pods.client().pods().inNamespace(namespace).withName("held").get();

        assertThat(condition(held, "PodScheduled")).isEqualTo("False");
        assertThat(held.getStatus().getConditions())
                .extracting(PodCondition::getReason)
                .containsExactly("SchedulingGated");

        pods.client().pods().inNamespace(namespace).withName("held").edit(pod -> new PodBuilder(pod)
                .editSpec()
                .withSchedulingGates()
                .endSpec()
                .build());

        assertThat(condition(pods.await(namespace, "held", EmbeddedPods::ready), "PodScheduled"))
                .isEqualTo("True");
    }

    private static List<String> managers(HasMetadata object) {
        return object.getMetadata().getManagedFields().stream()
                .map(ManagedFieldsEntry::getManager)
                .toList();
    }

    @Test
    void a_condition_that_is_well_again_has_no_reason_left() {
        String namespace = pods.newNamespace();

        pods.create(
                namespace,
                shell("slow", "sleep 2; touch $HOME/well; exec sleep 600")
                        .editSpec()
                        .editFirstContainer()
                        .withNewReadinessProbe()
                        .withTimeoutSeconds(10)
                        .withNewExec()
                        .withCommand("sh", "-c", "test -f $HOME/well")
                        .endExec()
                        .endReadinessProbe()
                        .endContainer()
                        .endSpec());
        pods.await(namespace, "slow", pod -> condition(pod, "Ready").equals("False"));
        Pod ready = pods.await(namespace, "slow", EmbeddedPods::ready);

        assertThat(ready.getStatus().getConditions()).hasSize(5).allSatisfy(condition -> {
            assertThat(condition.getReason()).isNull();
            assertThat(condition.getMessage()).isNull();
        });
    }

    private static PodBuilder probed(String name, String path) {
        return shell(name, "exec sleep 600")
                .editSpec()
                .withTerminationGracePeriodSeconds(1L)
                .editFirstContainer()
                .withNewLivenessProbe()
                .withTimeoutSeconds(10)
                .withNewHttpGet()
                .withHost("127.0.0.1")
                .withPort(new IntOrString(web.getAddress().getPort()))
                .withPath(path)
                .endHttpGet()
                .withPeriodSeconds(1)
                .withFailureThreshold(1)
                .endLivenessProbe()
                .endContainer()
                .endSpec();
    }

    @Test
    void a_probe_follows_redirects_on_the_same_host() {
        String namespace = pods.newNamespace();

        pods.create(namespace, probed("bad", "/to-bad"));
        pods.create(namespace, probed("round", "/round"));

        eventually(() -> assertThat(messages(namespace, "Unhealthy"))
                .contains("Liveness probe failed: HTTP probe failed with statuscode: 500")
                .anyMatch(message -> message.endsWith("stopped after 10 redirects")));
        pods.await(namespace, "bad", pod -> main(pod).getRestartCount() > 0);
    }

    @Test
    void a_redirect_to_another_host_is_a_success_with_a_warning() {
        String namespace = pods.newNamespace();

        pods.create(namespace, probed("well", "/to-well"));
        pods.create(namespace, probed("elsewhere", "/elsewhere"));

        eventually(() -> assertThat(messages(namespace, "ProbeWarning"))
                .contains("Liveness probe warning: Probe terminated redirects, Response body: "));
        assertThat(messages(namespace, "Unhealthy")).isEmpty();
        assertThat(pods.client().v1().events().inNamespace(namespace).list().getItems())
                .filteredOn(event -> "ProbeWarning".equals(event.getReason()))
                .allMatch(event -> event.getInvolvedObject().getName().equals("elsewhere"));
    }

    private static PodBuilder lastWords(String script, String policy) {
        return shell("last", script)
                .editSpec()
                .withRestartPolicy("Never")
                .editFirstContainer()
                .withTerminationMessagePolicy(policy)
                .endContainer()
                .endSpec();
    }

    private static String message(PodBuilder pod) {
        String namespace = pods.newNamespace();
        pods.create(namespace, pod);
        Pod ended = pods.await(namespace, "last", each -> main(each).getState().getTerminated() != null);
        return Objects.requireNonNullElse(main(ended).getState().getTerminated().getMessage(), "");
    }

    @Test
    void the_last_words_of_a_failure_are_the_end_of_its_log_where_the_policy_says_so() {
        String script = "echo one; echo LASTWORDS; exit 3";
        String long100 = "for i in 1 2 3 4 5 6 7 8 9 10; do echo " + "0123456789".repeat(40) + "; done; exit 3";

        assertThat(message(lastWords(script, "FallbackToLogsOnError"))).isEqualTo("one\nLASTWORDS\n");
        assertThat(message(lastWords("printf DONE; exit 3", "FallbackToLogsOnError")))
                .isEqualTo("DONE");
        assertThat(message(lastWords(script, "File"))).isEmpty();
        assertThat(message(lastWords("echo one; exit 0", "FallbackToLogsOnError")))
                .isEmpty();
        assertThat(message(lastWords("echo written > $HOME/.termination-main; " + script, "FallbackToLogsOnError")))
                .isEqualTo("written\n");
        assertThat(message(lastWords(long100, "FallbackToLogsOnError"))).hasSize(2048);
    }

    private static Pod deleted(String script) {
        String namespace = pods.newNamespace();
        CompletableFuture<Pod> last = new CompletableFuture<>();
        pods.create(
                namespace,
                shell("ending", "trap '" + script + "' TERM; touch $HOME/up; while :; do sleep 0.1; done")
                        .editSpec()
                        .editFirstContainer()
                        .withNewReadinessProbe()
                        .withTimeoutSeconds(10)
                        .withNewExec()
                        .withCommand("sh", "-c", "test -f $HOME/up")
                        .endExec()
                        .endReadinessProbe()
                        .endContainer()
                        .endSpec());
        pods.await(namespace, "ending", EmbeddedPods::ready);
        Watch watch = pods.client()
                .pods()
                .inNamespace(namespace)
                .withName("ending")
                .watch(new Watcher<Pod>() {
                    @Override
                    public void eventReceived(Action action, Pod pod) {
                        if (action == Action.DELETED) {
                            last.complete(pod);
                        }
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        last.completeExceptionally(cause);
                    }
                });
        try {
            pods.client().pods().inNamespace(namespace).withName("ending").delete();
            return last.orTimeout(60, TimeUnit.SECONDS).join();
        } finally {
            watch.close();
        }
    }

    @Test
    void a_pod_that_is_deleted_ends_as_its_containers_did() {
        Pod good = deleted("exit 0");
        Pod bad = deleted("exit 7");

        assertThat(good.getStatus().getPhase()).isEqualTo("Succeeded");
        assertThat(bad.getStatus().getPhase()).isEqualTo("Failed");
        assertThat(condition(good, "PodReadyToStartContainers")).isEqualTo("False");
    }

    @Test
    void a_pod_that_cannot_have_its_volumes_is_not_ready_to_start_containers() {
        String namespace = pods.newNamespace();
        pods.create(
                namespace,
                shell("lacking", "exec sleep 600")
                        .editSpec()
                        .addNewVolume()
                        .withName("lost")
                        .withNewConfigMap()
                        .withName("lost")
                        .endConfigMap()
                        .endVolume()
                        .editFirstContainer()
                        .addNewVolumeMount()
                        .withName("lost")
                        .withMountPath("/lost")
                        .endVolumeMount()
                        .endContainer()
                        .endSpec());

        eventually(() -> assertThat(messages(namespace, "FailedMount")).isNotEmpty());
        Pod pod = pods.await(namespace, "lacking", each -> !condition(each, "PodReadyToStartContainers")
                .isEmpty());

        assertThat(condition(pod, "PodReadyToStartContainers")).isEqualTo("False");
    }

    @Test
    void an_init_container_is_ready_when_it_has_succeeded() {
        String namespace = pods.newNamespace();
        pods.create(
                namespace,
                shell("after", "exec sleep 600")
                        .editSpec()
                        .addNewInitContainer()
                        .withName("before")
                        .withImage(EmbeddedPods.SHELL_IMAGE)
                        .withArgs("while [ ! -f $HOME/go ]; do sleep 0.1; done")
                        .endInitContainer()
                        .endSpec());
        Pod running = pods.await(
                namespace,
                "after",
                pod -> pod.getStatus() != null
                        && pod.getStatus().getInitContainerStatuses().stream()
                                .anyMatch(status -> status.getState().getRunning() != null
                                        && Boolean.TRUE.equals(status.getStarted())));

        assertThat(running.getStatus().getInitContainerStatuses().get(0).getReady())
                .isFalse();
    }

    @Test
    void a_probe_without_a_period_is_tried_as_often_as_by_default() {
        String namespace = pods.newNamespace();
        pods.create(
                namespace,
                shell(
                                "asked",
                                "while [ $(cat $HOME/tries 2>&- | wc -l) -lt 2 ]; do sleep 0.1; done;"
                                        + " set -- $(head -2 $HOME/tries);"
                                        + " echo $(($2 - $1)) > $HOME/.termination-main; exit 0")
                        .editSpec()
                        .withRestartPolicy("Never")
                        .editFirstContainer()
                        .withNewReadinessProbe()
                        .withTimeoutSeconds(10)
                        .withNewExec()
                        .withCommand("sh", "-c", "date +%s >> $HOME/tries")
                        .endExec()
                        .withPeriodSeconds(0)
                        .endReadinessProbe()
                        .endContainer()
                        .endSpec());
        Pod done = pods.await(namespace, "asked", pod -> phase(pod, "Succeeded"));

        assertThat(Integer.parseInt(
                        main(done).getState().getTerminated().getMessage().strip()))
                .isGreaterThanOrEqualTo(9);
    }

    @Test
    void a_host_name_of_its_own_is_what_the_container_sees() {
        String namespace = pods.newNamespace();
        pods.create(
                namespace,
                shell("named", "echo $HOSTNAME > $HOME/.termination-main")
                        .editSpec()
                        .withHostname("other")
                        .withRestartPolicy("Never")
                        .endSpec());
        Pod done = pods.await(namespace, "named", pod -> phase(pod, "Succeeded"));

        assertThat(main(done).getState().getTerminated().getMessage()).isEqualTo("other\n");
    }
}
