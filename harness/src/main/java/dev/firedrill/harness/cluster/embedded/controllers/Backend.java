package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pod as an endpoint of a Service.
 *
 * @param ready whether it gets new connections
 * @param serving whether it is ready, be it that it is about to end
 * @param terminating whether it is about to end
 * @param hostname its own name below the Service's, if it has one there
 * @param ports where it serves the Service's ports; one that it does not have is left out
 */
record Backend(
        String address,
        boolean ready,
        boolean serving,
        boolean terminating,
        Optional<String> node,
        Optional<String> hostname,
        ObjectReference pod,
        List<Port> ports) {
    /** Where a port of a Service is served. */
    record Port(
            @Nullable String name,
            int number,
            String protocol,
            @Nullable String appProtocol) {}

    /** The pods that a Service selects and that have an address, by name. */
    static List<Backend> of(Service service, Collection<Pod> pods) {
        return pods.stream()
                .filter(pod -> Selectors.matches(
                        service.getSpec().getSelector(), pod.getMetadata().getLabels()))
                .filter(pod -> address(pod).isPresent() && !Readiness.isTerminated(pod))
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .map(pod -> of(service, pod))
                .toList();
    }

    private static Optional<String> address(Pod pod) {
        return Optional.ofNullable(
                        pod.getStatus() == null ? null : pod.getStatus().getPodIP())
                .filter(ip -> !ip.isEmpty());
    }

    private static Backend of(Service service, Pod pod) {
        boolean serving = Readiness.isReady(pod);
        boolean terminating = pod.getMetadata().getDeletionTimestamp() != null;
        boolean anyway = Boolean.TRUE.equals(service.getSpec().getPublishNotReadyAddresses());
        List<Port> ports = new ArrayList<>();
        for (ServicePort port : service.getSpec().getPorts()) {
            target(port, pod)
                    .ifPresent(number -> ports.add(new Port(
                            port.getName(),
                            number,
                            Objects.requireNonNullElse(port.getProtocol(), "TCP"),
                            port.getAppProtocol())));
        }
        boolean named = service.getMetadata().getName().equals(pod.getSpec().getSubdomain());
        return new Backend(
                address(pod).orElseThrow(),
                anyway || (serving && !terminating),
                serving,
                terminating,
                Optional.ofNullable(pod.getSpec().getNodeName()),
                named ? Optional.ofNullable(pod.getSpec().getHostname()) : Optional.empty(),
                new ObjectReferenceBuilder()
                        .withKind("Pod")
                        .withNamespace(pod.getMetadata().getNamespace())
                        .withName(pod.getMetadata().getName())
                        .withUid(pod.getMetadata().getUid())
                        .build(),
                List.copyOf(ports));
    }

    /** The number that a Service's port has in a pod; a name is looked up among its containers' ports. */
    private static Optional<Integer> target(ServicePort port, Pod pod) {
        IntOrString target = port.getTargetPort();
        if (target == null || Objects.equals(target.getIntVal(), 0)) {
            return Optional.of(port.getPort());
        }
        String protocol = Objects.requireNonNullElse(port.getProtocol(), "TCP");
        return Optional.ofNullable(target.getIntVal()).or(() -> pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .filter(p -> Objects.equals(p.getName(), target.getStrVal())
                        && protocol.equals(Objects.requireNonNullElse(p.getProtocol(), "TCP")))
                .map(ContainerPort::getContainerPort)
                .findFirst());
    }
}
