package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Gives each Service of type LoadBalancer its outside address, which is its cluster IP: here both lie on this machine.
 */
final class LoadBalancerController implements Reconciler {
    private static final String COMPONENT = "service-controller";

    private final Caches caches;
    private final Writer writer;
    private final EventRecorder events;

    LoadBalancerController(Caches caches, Writer writer, EventRecorder events) {
        this.caches = caches;
        this.writer = writer;
        this.events = events;
    }

    void feed(WorkQueue queue) {
        caches.services().listen((before, after) -> after.map(ObjectKey::of).ifPresent(queue::add));
    }

    @Override
    public Optional<Duration> reconcile(ObjectKey key) {
        caches.services()
                .get(key)
                .filter(service -> !caches.services().leaving(service))
                .filter(service -> service.getSpec().getLoadBalancerClass() == null) // another balancer's
                .filter(service -> !wanted(service).equals(stated(service)))
                .ifPresent(this::state);
        return Optional.empty();
    }

    private static List<LoadBalancerIngress> wanted(Service service) {
        String address = service.getSpec().getClusterIP();
        boolean wanted = "LoadBalancer".equals(service.getSpec().getType()) && address != null && !address.isEmpty();
        return wanted
                ? List.of(new LoadBalancerIngressBuilder()
                        .withIp(address)
                        .withIpMode("VIP")
                        .build())
                : List.of();
    }

    private static List<LoadBalancerIngress> stated(Service service) {
        var status = service.getStatus();
        return status == null || status.getLoadBalancer() == null
                ? List.of()
                : status.getLoadBalancer().getIngress();
    }

    private void state(Service service) {
        List<LoadBalancerIngress> ingress = wanted(service);
        writer.updateStatus(
                caches.services(),
                new ServiceBuilder(service)
                        .editOrNewStatus()
                        .withNewLoadBalancer()
                        .withIngress(ingress)
                        .endLoadBalancer()
                        .endStatus()
                        .build());
        if (!ingress.isEmpty()) {
            events.normal(COMPONENT, service, "EnsuredLoadBalancer", "Ensured load balancer");
        }
    }
}
