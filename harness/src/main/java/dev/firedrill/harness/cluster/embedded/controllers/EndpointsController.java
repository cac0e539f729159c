package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps the EndpointSlices and the Endpoints of each Service: from its pods' readiness, or, for a Service without a
 * selector, slices that mirror the Endpoints that somebody keeps by hand.
 */
final class EndpointsController implements Reconciler {
    private static final String MANAGED_BY = "endpoints.kubernetes.io/managed-by";
    private static final String MANAGER = "endpoint-controller";
    private static final String SKIP_MIRROR = "endpointslice.kubernetes.io/skip-mirror";
    static final String HEADLESS = "service.kubernetes.io/headless";

    private final Caches caches;
    private final Writer writer;
    private final Slices selected;
    private final Slices mirrors;

    EndpointsController(Caches caches, Writer writer) {
        this.caches = caches;
        this.writer = writer;
        this.selected = Slices.selected(caches, writer);
        this.mirrors = Slices.mirrored(caches, writer);
    }

    /** Adds to the queue whichever Service a change concerns. */
    void feed(WorkQueue queue) {
        caches.services()
                .listen((before, after) ->
                        after.or(() -> before).map(ObjectKey::of).ifPresent(queue::add));
        caches.endpoints()
                .listen((before, after) ->
                        after.or(() -> before).map(ObjectKey::of).ifPresent(queue::add));
        caches.endpointSlices()
                .listen((before, after) ->
                        after.or(() -> before).flatMap(Slices::service).ifPresent(queue::add));
        caches.pods().listen((before, after) -> {
            before.ifPresent(pod -> selecting(pod).forEach(queue::add));
            after.ifPresent(pod -> selecting(pod).forEach(queue::add));
        });
    }

    private List<ObjectKey> selecting(Pod pod) {
        return caches.services().inNamespace(pod.getMetadata().getNamespace()).stream()
                .filter(service -> Selectors.matches(
                        service.getSpec().getSelector(), pod.getMetadata().getLabels()))
                .map(ObjectKey::of)
                .toList();
    }

    @Override
    public Optional<Duration> reconcile(ObjectKey key) {
        Service service = caches.services()
                .get(key)
                .filter(s -> !caches.services().leaving(s))
                .orElse(null);
        if (service == null) {
            caches.endpoints()
                    .get(key)
                    .filter(EndpointsController::isOurs)
                    .ifPresent(endpoints -> writer.delete(caches.endpoints(), endpoints));
            selected.remove(key);
            mirrors.remove(key);
        } else if (!caches.isEnding(key.namespace())) {
            if (hasSelector(service)) {
                follow(service);
            } else {
                mirror(key);
            }
        }
        return Optional.empty();
    }

    private static boolean hasSelector(Service service) {
        Map<String, String> selector = service.getSpec().getSelector();
        return selector != null
                && !selector.isEmpty()
                && !"ExternalName".equals(service.getSpec().getType());
    }

    private void follow(Service service) {
        List<Backend> backends = Backend.of(
                service, caches.pods().inNamespace(service.getMetadata().getNamespace()));
        mirrors.remove(ObjectKey.of(service));
        selected.write(service, labels(service), SliceContent.of(backends));
        writeEndpoints(service, backends);
    }

    private void mirror(ObjectKey key) {
        selected.remove(key);
        Optional<Endpoints> byHand = caches.endpoints()
                .get(key)
                .filter(endpoints ->
                        !isOurs(endpoints) && !"true".equals(labels(endpoints).get(SKIP_MIRROR)));
        byHand.ifPresentOrElse(
                endpoints -> mirrors.write(endpoints, labels(endpoints), SliceContent.mirrored(endpoints)),
                () -> mirrors.remove(key));
    }

    private static boolean isOurs(Endpoints endpoints) {
        return MANAGER.equals(labels(endpoints).get(MANAGED_BY));
    }

    private static Map<String, String> labels(HasMetadata object) {
        Map<String, String> labels = new LinkedHashMap<>(
                Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of()));
        if (object instanceof Service service && isHeadless(service)) {
            labels.put(HEADLESS, "");
        }
        return labels;
    }

    private static boolean isHeadless(Service service) {
        return "None".equals(service.getSpec().getClusterIP());
    }

    private void writeEndpoints(Service service, List<Backend> backends) {
        Map<String, String> labels = labels(service);
        labels.put(MANAGED_BY, MANAGER);
        Endpoints wanted = new EndpointsBuilder()
                .withNewMetadata()
                .withNamespace(service.getMetadata().getNamespace())
                .withName(service.getMetadata().getName())
                .withLabels(labels)
                .endMetadata()
                .withSubsets(Subsets.of(service, backends))
                .build();
        Endpoints there = caches.endpoints()
                .get(ObjectKey.of(wanted))
                .filter(e -> !caches.endpoints().leaving(e))
                .orElse(null);
        if (there == null) {
            writer.createIfAbsent(caches.endpoints(), changedNow(wanted));
        } else if (!there.getSubsets().equals(wanted.getSubsets())
                || !labels(there).equals(labels)) {
            writer.update(
                    caches.endpoints(),
                    changedNow(new EndpointsBuilder(there)
                            .editMetadata()
                            .withLabels(labels)
                            .endMetadata()
                            .withSubsets(wanted.getSubsets())
                            .build()));
        }
    }

    private static Endpoints changedNow(Endpoints endpoints) {
        return new EndpointsBuilder(endpoints)
                .editMetadata()
                .addToAnnotations(Slices.CHANGED_AT, Timestamps.seconds(Instant.now()))
                .endMetadata()
                .build();
    }
}
