package dev.firedrill.harness.cluster;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.Objects;

/**
 * What an EndpointSlice holds. An API server says null, and not an empty list, of a Service that no pod is behind.
 *
 * <p>Source: k8s.io/api, {@code discovery/v1 EndpointSlice} (lists without {@code omitempty}, kept as protobuf).
 */
public final class SliceReads {
    private SliceReads() {}

    public static List<Endpoint> endpoints(EndpointSlice slice) {
        return Objects.requireNonNullElse(slice.getEndpoints(), List.of());
    }

    public static List<EndpointPort> ports(EndpointSlice slice) {
        return Objects.requireNonNullElse(slice.getPorts(), List.of());
    }
}
