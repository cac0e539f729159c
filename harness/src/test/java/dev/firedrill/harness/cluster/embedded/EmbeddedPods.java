package dev.firedrill.harness.cluster.embedded;

import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.ProgramImage;
import dev.firedrill.harness.cluster.embedded.kubelet.ProcessMark;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A cluster for tests, with pods that are shell scripts; each test takes a namespace of its own. */
final class EmbeddedPods implements AutoCloseable {
    static final String SHELL_IMAGE = "firedrill.test/shell";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EmbeddedCluster cluster;
    private int namespaces;

    EmbeddedPods() {
        cluster = EmbeddedCluster.start(
                ClusterRequest.plain().withImage(ProgramImage.program(SHELL_IMAGE, "sh", "-c")),
                EmbeddedOptions.defaults().withBackOff(Duration.ofMillis(200), Duration.ofSeconds(2)));
    }

    EmbeddedCluster cluster() {
        return cluster;
    }

    KubernetesClient client() {
        return cluster.client();
    }

    String newNamespace() {
        String name = "test-" + ++namespaces;
        client().namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        client().serviceAccounts()
                .inNamespace(name)
                .withName("default")
                .waitUntilCondition(Objects::nonNull, PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return name;
    }

    /** A pod of one container {@code main} that runs a script. */
    static PodBuilder shell(String name, String script) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage(SHELL_IMAGE)
                .withArgs(script)
                .endContainer()
                .endSpec();
    }

    Pod create(String namespace, PodBuilder pod) {
        return client().pods().inNamespace(namespace).resource(pod.build()).create();
    }

    Pod await(String namespace, String name, Predicate<Pod> condition) {
        return client().pods()
                .inNamespace(namespace)
                .withName(name)
                .waitUntilCondition(pod -> pod != null && condition.test(pod), PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    Pod awaitGone(String namespace, String name) {
        return client().pods()
                .inNamespace(namespace)
                .withName(name)
                .waitUntilCondition(Objects::isNull, PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    static boolean ready(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    static boolean phase(Pod pod, String phase) {
        return pod.getStatus() != null && phase.equals(pod.getStatus().getPhase());
    }

    /** The status of the container {@code main}; one without state if there is none yet. */
    static ContainerStatus main(Pod pod) {
        List<ContainerStatus> all =
                pod.getStatus() == null ? List.of() : pod.getStatus().getContainerStatuses();
        return all.stream()
                .filter(status -> status.getName().equals("main"))
                .findFirst()
                .orElseGet(EmbeddedPods::none);
    }

    private static ContainerStatus none() {
        return new io.fabric8.kubernetes.api.model.ContainerStatusBuilder()
                .withRestartCount(0)
                .withReady(false)
                .withNewState()
                .endState()
                .withNewLastState()
                .endLastState()
                .build();
    }

    static long pid(Pod pod) {
        return Long.parseLong(main(pod).getContainerID().substring("process://".length()));
    }

    /** What the mark of every process of a run starts with, by one of its processes. */
    static String run(long pid) throws IOException {
        String start = ProcessMark.VARIABLE + "=";
        return Stream.of(Files.readString(Path.of("/proc/" + pid + "/environ")).split("\0", -1))
                .filter(entry -> entry.startsWith(start))
                .map(entry -> entry.substring(start.length(), entry.indexOf('.') + 1))
                .findFirst()
                .orElseThrow();
    }

    List<String> eventReasons(String namespace, String pod) {
        return client().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals(pod))
                .map(event -> event.getReason())
                .toList();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
