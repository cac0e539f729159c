package dev.firedrill.harness.cluster.k3s;

import dev.firedrill.harness.model.ProvisioningException;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What has to be there before a cluster is ready, each with its time, and with the last words of the responsible part
 * where it does not come.
 */
final class StartStages {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final int DNS_PORT = 53;
    private static final int EVENTS = 8;
    private static final double NANOS = 1e9;

    private final NodeContainer node;
    private final KubernetesClient client;
    private final Consumer<String> progress;

    StartStages(NodeContainer node, KubernetesClient client, Consumer<String> progress) {
        this.node = node;
        this.client = client;
        this.progress = progress;
    }

    void nodeReady() {
        stage("node Ready", "kubelet", () -> client.nodes().list().getItems().stream()
                .anyMatch(Readiness.getInstance()::isReady));
    }

    void defaultAccount() {
        stage(
                "default ServiceAccount",
                "controller-manager",
                () -> Objects.nonNull(client.serviceAccounts()
                        .inNamespace("default")
                        .withName("default")
                        .get()));
    }

    void dnsAnswers() {
        stage("cluster DNS answers", "coredns", this::dnsAnswersNow);
    }

    private boolean dnsAnswersNow() {
        for (Pod pod : client.pods()
                .inNamespace("kube-system")
                .withLabel("k8s-app", "kube-dns")
                .list()
                .getItems()) {
            if (Readiness.getInstance().isReady(pod) && answers(pod)) {
                return true;
            }
        }
        return false;
    }

    private boolean answers(Pod pod) {
        try (LocalPortForward forward = client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .portForward(DNS_PORT)) {
            return DnsQuestion.answered(
                    InetAddress.getLoopbackAddress(),
                    forward.getLocalPort(),
                    "kubernetes.default.svc.cluster.local",
                    ANSWER);
        } catch (IOException e) {
            return false;
        }
    }

    private void stage(String what, String part, BooleanSupplier there) {
        long begun = System.nanoTime();
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(LOOK)
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                    .until(there::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            throw new ProvisioningException(
                    what + ": not within " + PATIENCE.toSeconds() + " s; last lines of " + part + ":\n"
                            + node.tail(part) + "\nlast events:\n" + events(),
                    e);
        }
        progress.accept(what + " (" + seconds(begun) + ")");
    }

    static String seconds(long begun) {
        return String.format(java.util.Locale.ROOT, "%.1f s", (System.nanoTime() - begun) / NANOS);
    }

    private String events() {
        try {
            List<Event> all = client.v1().events().inAnyNamespace().list().getItems();
            return all.stream()
                    .sorted(Comparator.comparing(event -> String.valueOf(event.getLastTimestamp())))
                    .skip(Math.max(0, all.size() - EVENTS))
                    .map(event ->
                            event.getReason() + " " + event.getInvolvedObject().getKind() + "/"
                                    + event.getInvolvedObject().getName() + ": " + event.getMessage())
                    .collect(Collectors.joining("\n"));
        } catch (KubernetesClientException e) {
            return "(none: " + e.getMessage() + ")";
        }
    }
}
