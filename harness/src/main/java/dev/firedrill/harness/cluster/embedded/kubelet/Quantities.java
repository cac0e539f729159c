package dev.firedrill.harness.cluster.embedded.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a pod asks of its node's resources, and how that is told to its programs. */
final class Quantities {
    private Quantities() {}

    /**
     * The value of a {@code resourceFieldRef}, rounded up to its divisor. A limit that is not set is the node's whole.
     *
     * @throws IllegalArgumentException if the resource cannot be referred to
     */
    static String resolve(ResourceFieldSelector selector, Container container, Map<String, Quantity> node) {
        String[] parts = selector.getResource().split("\\.", 2);
        if (parts.length != 2 || !(parts[0].equals("limits") || parts[0].equals("requests"))) {
            throw new IllegalArgumentException("unsupported container resource : " + selector.getResource());
        }
        Quantity value = ofContainer(container, parts[0], parts[1]);
        if (value == null) {
            value = parts[0].equals("limits") ? node.getOrDefault(parts[1], new Quantity("0")) : new Quantity("0");
        }
        BigDecimal divisor = selector.getDivisor() == null
                ? BigDecimal.ONE
                : selector.getDivisor().getNumericalAmount();
        BigDecimal unit = divisor.signum() == 0 ? BigDecimal.ONE : divisor;
        return value.getNumericalAmount().divide(unit, 0, RoundingMode.CEILING).toPlainString();
    }

    private static @Nullable Quantity ofContainer(Container container, String which, String resource) {
        if (container.getResources() == null) {
            return null;
        }
        Map<String, Quantity> asked = which.equals("limits")
                ? container.getResources().getLimits()
                : container.getResources().getRequests();
        return asked == null ? null : asked.get(resource);
    }

    /** Guaranteed, Burstable or BestEffort. Source: Kubernetes, "Pod Quality of Service Classes". */
    static String qosClass(PodSpec spec) {
        boolean any = false;
        boolean guaranteed = true;
        for (Container container : containers(spec).toList()) {
            for (String resource : new String[] {"cpu", "memory"}) {
                Quantity limit = ofContainer(container, "limits", resource);
                Quantity request = ofContainer(container, "requests", resource);
                any |= limit != null || request != null;
                guaranteed &= limit != null && (request == null || sameAmount(limit, request));
            }
        }
        return !any ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
    }

    private static boolean sameAmount(Quantity a, Quantity b) {
        return a.getNumericalAmount().compareTo(b.getNumericalAmount()) == 0;
    }

    private static Stream<Container> containers(PodSpec spec) {
        return Stream.of(spec.getContainers(), spec.getInitContainers())
                .filter(Objects::nonNull)
                .flatMap(java.util.Collection::stream);
    }
}
