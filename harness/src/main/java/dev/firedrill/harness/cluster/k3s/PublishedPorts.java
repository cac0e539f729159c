package dev.firedrill.harness.cluster.k3s;

import dev.firedrill.harness.model.ProvisioningException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The load balancer of the cluster: every Service of type LoadBalancer is given node ports that the node's container
 * publishes, as a cloud would give it an address. So a user outside connects as users do, without a tunnel through the
 * API server, and any ordinary manifest will do.
 */
final class PublishedPorts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedPorts.class);

    private static final long AGAIN_MILLIS = 300;

    private final KubernetesClient client;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "published-ports");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable SharedIndexInformer<Service> informer;

    private PublishedPorts(KubernetesClient client) {
        this.client = client;
    }

    static PublishedPorts start(KubernetesClient client) {
        PublishedPorts ports = new PublishedPorts(client);
        ports.informer = client.services().inAnyNamespace().inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Service service) {
                ports.look();
            }

            @Override
            public void onUpdate(Service before, Service service) {
                ports.look();
            }

            @Override
            public void onDelete(Service service, boolean unknown) {
                ports.look();
            }
        });
        return ports;
    }

    private void look() {
        lookAfter(0);
    }

    private void lookAfter(long millis) {
        try {
            var unused = worker.schedule(this::publishOrTryAgain, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ending) {
            LOG.debug("the cluster is ending", ending);
        }
    }

    /** Somebody else may have taken a port meanwhile, or changed the Service. */
    private void publishOrTryAgain() {
        try {
            publishAll();
        } catch (KubernetesClientException e) {
            LOG.debug("Services were not published", e);
            lookAfter(AGAIN_MILLIS);
        }
    }

    private void publishAll() {
        List<Service> all = client.services().inAnyNamespace().list().getItems();
        List<Integer> free = new ArrayList<>(NodeContainer.NODE_PORTS);
        all.forEach(service -> free.removeAll(nodePorts(service).toList()));
        for (Service service : all) {
            if (isBalanced(service)) {
                publish(service, free);
            }
        }
    }

    private static boolean isBalanced(Service service) {
        return "LoadBalancer".equals(service.getSpec().getType()) && !service.isMarkedForDeletion();
    }

    private static Stream<Integer> nodePorts(Service service) {
        return service.getSpec().getPorts().stream()
                .map(ServicePort::getNodePort)
                .flatMap(Stream::ofNullable);
    }

    private void publish(Service service, List<Integer> free) {
        List<ServicePort> ports = service.getSpec().getPorts();
        for (int i = 0; i < ports.size(); i++) {
            if (isPublished(ports.get(i))) {
                continue;
            }
            if (free.isEmpty()) {
                LOG.warn(
                        "Service {} is not reachable from outside: all {} published node ports are taken",
                        name(service),
                        NodeContainer.NODE_PORTS.size());
                return;
            }
            give(service, i, ports.get(i).getPort(), free.remove(0));
        }
    }

    private void give(Service service, int index, int port, int nodePort) {
        String patch = """
                [{"op": "test", "path": "/spec/ports/%1$d/port", "value": %2$d},
                 {"op": "add", "path": "/spec/ports/%1$d/nodePort", "value": %3$d}]
                """.formatted(index, port, nodePort);
        client.services()
                .inNamespace(service.getMetadata().getNamespace())
                .withName(service.getMetadata().getName())
                .patch(PatchContext.of(PatchType.JSON), patch);
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }

    private static boolean isPublished(ServicePort port) {
        return port.getNodePort() != null && NodeContainer.NODE_PORTS.contains(port.getNodePort());
    }

    /**
     * The published node port of a Service's port; empty while it has none yet.
     *
     * @throws ProvisioningException if the Service will never have one
     */
    static Optional<Integer> of(@Nullable Service service, String namespace, String name, int port) {
        if (service == null) {
            throw new ProvisioningException("no Service " + name + " in namespace " + namespace);
        }
        if (!"LoadBalancer".equals(service.getSpec().getType())) {
            throw new ProvisioningException("Service " + name + " in namespace " + namespace + " is of type "
                    + service.getSpec().getType() + ": it cannot be reached from outside; only LoadBalancer can");
        }
        List<ServicePort> ports = service.getSpec().getPorts();
        ServicePort found = ports.stream()
                .filter(each -> each.getPort() == port)
                .findFirst()
                .orElseThrow(() -> new ProvisioningException("Service " + name + " in namespace " + namespace
                        + " has no port " + port + "; it has "
                        + ports.stream()
                                .map(each -> String.valueOf(each.getPort()))
                                .toList()));
        return Optional.of(found).filter(PublishedPorts::isPublished).map(ServicePort::getNodePort);
    }

    @Override
    public void close() {
        if (informer != null) {
            informer.close();
        }
        worker.shutdownNow();
    }
}
