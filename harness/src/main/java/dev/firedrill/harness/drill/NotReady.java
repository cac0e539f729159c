package dev.firedrill.harness.drill;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is known of workloads that did not become ready: their pods, and what these said and met last. */
final class NotReady {
    private static final int LAST_LINES = 3;
    private static final int LAST_EVENTS = 3;

    private final KubernetesClient client;
    private final String namespace;

    NotReady(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * In one line: which, in what state, the last lines of their logs, and the last warnings about them.
     *
     * @param workloads each as its kind and its name
     */
    String complaint(Set<String> workloads, Duration within) {
        List<Pod> pods = client.pods().inNamespace(namespace).list().getItems();
        List<Event> events = client.v1().events().inNamespace(namespace).list().getItems();
        return "not ready after " + within.toSeconds() + " s in namespace " + namespace + ": "
                + workloads.stream()
                        .map(workload -> {
                            String name = workload.substring(workload.indexOf(' ') + 1);
                            return workload + " (pods: " + podsOf(pods, name) + warningsOf(events, name) + ")";
                        })
                        .collect(Collectors.joining(", "))
                + "; look with: kubectl -n " + namespace + " describe pods";
    }

    private String podsOf(List<Pod> pods, String deployment) {
        return pods.stream()
                .filter(pod -> pod.getMetadata().getName().startsWith(deployment + "-"))
                .map(pod -> Stream.concat(
                                Stream.of(
                                        pod.getMetadata().getName(),
                                        pod.getStatus().getPhase()),
                                pod.getStatus().getContainerStatuses().stream().map(each -> stateOf(pod, each)))
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining("; "));
    }

    private String stateOf(Pod pod, ContainerStatus container) {
        if (Boolean.TRUE.equals(container.getReady())) {
            return "ready";
        }
        String said = lastLines(pod, container);
        return state(container.getState()) + (said.isEmpty() ? "" : ", and said last: " + said);
    }

    private static String state(ContainerState state) {
        if (state.getWaiting() == null) {
            return "not ready";
        }
        String message = state.getWaiting().getMessage();
        return state.getWaiting().getReason() + (message == null ? "" : " " + message);
    }

    private String lastLines(Pod pod, ContainerStatus container) {
        ContainerResource named = client.pods()
                .inNamespace(namespace)
                .withName(pod.getMetadata().getName())
                .inContainer(container.getName());
        boolean restarted = Optional.ofNullable(container.getRestartCount()).orElse(0) > 0;
        boolean before = restarted && container.getState().getRunning() == null;
        try {
            String log = before
                    ? named.terminated().tailingLines(LAST_LINES).getLog()
                    : named.tailingLines(LAST_LINES).getLog();
            return log == null ? "" : log.lines().map(String::strip).collect(Collectors.joining(" / "));
        } catch (KubernetesClientException e) {
            return ""; // it has not said anything, or is gone
        }
    }

    private static String warningsOf(List<Event> events, String deployment) {
        List<String> warnings = events.stream()
                .filter(event -> "Warning".equals(event.getType()))
                .filter(event -> event.getInvolvedObject().getName().startsWith(deployment + "-"))
                .map(event -> event.getReason() + ": " + event.getMessage())
                .distinct()
                .toList();
        return warnings.isEmpty()
                ? ""
                : "; warnings: "
                        + String.join(
                                ", ", warnings.subList(Math.max(0, warnings.size() - LAST_EVENTS), warnings.size()));
    }
}
