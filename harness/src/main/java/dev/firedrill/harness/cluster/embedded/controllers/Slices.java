package dev.firedrill.harness.cluster.embedded.controllers;

import dev.firedrill.harness.cluster.SliceReads;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The EndpointSlices of Services that one manager keeps. A slice that can go on being used is changed, not replaced.
 */
final class Slices {
    private static final String SERVICE = "kubernetes.io/service-name";
    /** When the last change of pods or Service was seen that a slice, or Endpoints, was changed for. */
    static final String CHANGED_AT = "endpoints.kubernetes.io/last-change-trigger-time";

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";

    private final Caches caches;
    private final Writer writer;
    private final String manager;
    private final boolean mirroring;

    private Slices(Caches caches, Writer writer, String manager, boolean mirroring) {
        this.caches = caches;
        this.writer = writer;
        this.manager = manager;
        this.mirroring = mirroring;
    }

    /** Of Services whose pods are selected. */
    static Slices selected(Caches caches, Writer writer) {
        return new Slices(caches, writer, "endpointslice-controller.k8s.io", false);
    }

    /** Of Endpoints that somebody keeps by hand, whose annotations they have. */
    static Slices mirrored(Caches caches, Writer writer) {
        return new Slices(caches, writer, "endpointslicemirroring-controller.k8s.io", true);
    }

    /** The Service that a slice belongs to. */
    static Optional<ObjectKey> service(EndpointSlice slice) {
        Map<String, String> labels =
                Objects.requireNonNullElse(slice.getMetadata().getLabels(), Map.of());
        return Optional.ofNullable(labels.get(SERVICE))
                .map(name -> new ObjectKey(slice.getMetadata().getNamespace(), name));
    }

    private List<EndpointSlice> of(ObjectKey service) {
        return caches.endpointSlices().inNamespace(service.namespace()).stream()
                .filter(slice -> service(slice).filter(service::equals).isPresent())
                .filter(slice -> manager.equals(slice.getMetadata().getLabels().get(MANAGED_BY)))
                .filter(slice -> !caches.endpointSlices().leaving(slice))
                .sorted(Comparator.comparing(slice -> slice.getMetadata().getName()))
                .toList();
    }

    void remove(ObjectKey service) {
        of(service).forEach(slice -> writer.delete(caches.endpointSlices(), slice));
    }

    /**
     * Makes the slices of a Service say this.
     *
     * @param owner the Service itself, or the Endpoints of its name
     */
    void write(HasMetadata owner, Map<String, String> labels, List<SliceContent> contents) {
        ObjectKey service = ObjectKey.of(owner);
        Map<String, String> all = new LinkedHashMap<>(labels);
        all.put(SERVICE, service.name());
        all.put(MANAGED_BY, manager);
        List<EndpointSlice> spare = new ArrayList<>(of(service));
        List<SliceContent> open = new ArrayList<>();
        for (SliceContent content : contents) {
            Optional<EndpointSlice> alike = spare.stream()
                    .filter(slice -> SliceReads.ports(slice).equals(content.ports()))
                    .findFirst();
            alike.ifPresentOrElse(
                    slice -> {
                        spare.remove(slice);
                        change(owner, slice, all, content);
                    },
                    () -> open.add(content));
        }
        for (SliceContent content : open) {
            if (spare.isEmpty()) {
                writer.create(caches.endpointSlices(), slice(owner, all, content));
            } else {
                change(owner, spare.remove(0), all, content);
            }
        }
        spare.forEach(slice -> writer.delete(caches.endpointSlices(), slice));
    }

    private void change(HasMetadata owner, EndpointSlice slice, Map<String, String> labels, SliceContent content) {
        boolean same = SliceReads.endpoints(slice).equals(content.endpoints())
                && SliceReads.ports(slice).equals(content.ports())
                && labels.equals(slice.getMetadata().getLabels())
                && (!mirroring || annotations(owner).equals(annotations(slice)));
        if (!same) {
            writer.update(
                    caches.endpointSlices(),
                    new EndpointSliceBuilder(slice)
                            .editMetadata()
                            .withLabels(labels)
                            .withAnnotations(annotated(owner, annotations(slice)))
                            .endMetadata()
                            .withPorts(content.ports())
                            .withEndpoints(content.endpoints())
                            .build());
        }
    }

    private EndpointSlice slice(HasMetadata owner, Map<String, String> labels, SliceContent content) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace(owner.getMetadata().getNamespace())
                .withGenerateName(owner.getMetadata().getName() + "-")
                .withLabels(labels)
                .withAnnotations(annotated(owner, Map.of()))
                .withOwnerReferences(Ownership.referenceTo(owner))
                .endMetadata()
                .withAddressType("IPv4")
                .withPorts(content.ports())
                .withEndpoints(content.endpoints())
                .build();
    }

    /** Those that a slice gets which had these. */
    private Map<String, String> annotated(HasMetadata owner, Map<String, String> before) {
        if (mirroring) {
            return annotations(owner);
        }
        Map<String, String> after = new LinkedHashMap<>(before);
        after.put(CHANGED_AT, Timestamps.seconds(Instant.now()));
        return after;
    }

    /** What somebody noted on an object, without what is noted there by programs about it alone. */
    private static Map<String, String> annotations(HasMetadata object) {
        Map<String, String> annotations = new LinkedHashMap<>(
                Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of()));
        annotations.keySet().removeAll(List.of(CHANGED_AT, LAST_APPLIED));
        return annotations;
    }
}
