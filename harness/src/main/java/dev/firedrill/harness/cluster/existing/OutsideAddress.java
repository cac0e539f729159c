package dev.firedrill.harness.cluster.existing;

import dev.firedrill.harness.model.ProvisioningException;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Where a Service of type LoadBalancer is reached: at its balancer's address, or, where there is no balancer, at its
 * node port on a node that runs one of its pods. Nodes themselves need not be readable for that.
 */
record OutsideAddress(KubernetesClient client, String namespace, String service, int port) {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int CONNECT_MILLIS = 500;

    /** @throws ProvisioningException if there is none within a minute, or can be none */
    InetSocketAddress await() {
        try {
            return Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(LOOK)
                    .atMost(PATIENCE)
                    .until(this::look, Optional::isPresent)
                    .orElseThrow();
        } catch (ConditionTimeoutException e) {
            throw new ProvisioningException(
                    "Service " + service + " in namespace " + namespace + " has no address that can be reached from"
                            + " here after " + PATIENCE.toSeconds()
                            + " s: no balancer gave it one, and no node port answers; look with: kubectl -n "
                            + namespace + " get service " + service,
                    e);
        }
    }

    private Optional<InetSocketAddress> look() {
        Service found =
                client.services().inNamespace(namespace).withName(service).get();
        if (found == null) {
            throw new ProvisioningException("no Service " + service + " in namespace " + namespace);
        }
        if (!"LoadBalancer".equals(found.getSpec().getType())) {
            throw new ProvisioningException("Service " + service + " in namespace " + namespace + " is of type "
                    + found.getSpec().getType() + ": it cannot be reached from outside; only LoadBalancer can");
        }
        ServicePort wanted = found.getSpec().getPorts().stream()
                .filter(each -> each.getPort() == port)
                .findFirst()
                .orElseThrow(() -> new ProvisioningException(
                        "Service " + service + " in namespace " + namespace + " has no port " + port));
        return balanced(found).or(() -> onNode(found, wanted));
    }

    private Optional<InetSocketAddress> balanced(Service found) {
        return Optional.ofNullable(found.getStatus())
                .map(status -> status.getLoadBalancer())
                .map(balancer -> balancer.getIngress())
                .flatMap(all -> all.stream().findFirst())
                .map(OutsideAddress::host)
                .map(host -> new InetSocketAddress(host, port));
    }

    private static String host(LoadBalancerIngress ingress) {
        return Optional.ofNullable(ingress.getIp()).orElseGet(ingress::getHostname);
    }

    private Optional<InetSocketAddress> onNode(Service found, ServicePort wanted) {
        Map<String, String> selector = found.getSpec().getSelector();
        Integer nodePort = wanted.getNodePort();
        if (nodePort == null || selector == null || selector.isEmpty()) {
            return Optional.empty();
        }
        List<Pod> pods =
                client.pods().inNamespace(namespace).withLabels(selector).list().getItems();
        return pods.stream()
                .flatMap(pod -> Stream.ofNullable(pod.getStatus().getHostIP()))
                .distinct()
                .map(host -> new InetSocketAddress(host, nodePort))
                .filter(OutsideAddress::answers)
                .findFirst();
    }

    private static boolean answers(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
