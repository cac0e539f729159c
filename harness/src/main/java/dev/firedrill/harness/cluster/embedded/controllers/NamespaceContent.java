package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What is in a namespace that ends: its pods go first, and everything else when none is left.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/controller/namespace/deletion}.
 */
final class NamespaceContent {
    private final KubernetesClient client;
    private final Writer writer;
    private final List<ServedKind> kinds;
    private final String namespace;

    NamespaceContent(KubernetesClient client, Writer writer, List<ServedKind> kinds, String namespace) {
        this.client = client;
        this.writer = writer;
        this.kinds = kinds.stream()
                .filter(kind -> kind.namespaced() && kind.verbs().containsAll(List.of("list", "delete")))
                .toList();
        this.namespace = namespace;
    }

    /**
     * What was left when everything had been asked to go.
     *
     * @param pods whether there are pods, for which all else waits
     * @param remaining how many of each other kind, such as {@code deployments.apps}
     * @param finalizers how many objects each finalizer holds
     * @param failures what could not be asked to go, and why
     */
    record Left(boolean pods, Map<String, Integer> remaining, Map<String, Integer> finalizers, List<String> failures) {
        Left {
            remaining = Map.copyOf(remaining);
            finalizers = Map.copyOf(finalizers);
            failures = List.copyOf(failures);
        }

        boolean nothing() {
            return !pods && remaining.isEmpty() && failures.isEmpty();
        }
    }

    /** Asks for the deletion of all that may go now. */
    Left clear() {
        Predicate<ServedKind> pod =
                kind -> kind.group().isEmpty() && kind.plural().equals("pods");
        Left pods = clear(kinds.stream().filter(pod).toList());
        return pods.nothing()
                ? clear(kinds.stream().filter(pod.negate()).toList())
                : new Left(true, Map.of(), Map.of(), pods.failures());
    }

    private Left clear(List<ServedKind> some) {
        Map<String, Integer> remaining = new TreeMap<>();
        Map<String, Integer> finalizers = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        for (ServedKind kind : some) {
            try {
                for (GenericKubernetesResource left : clear(kind)) {
                    remaining.merge(kind.plural() + "." + kind.group(), 1, Integer::sum);
                    left.getMetadata().getFinalizers().forEach(name -> finalizers.merge(name, 1, Integer::sum));
                }
            } catch (KubernetesClientException e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        return new Left(false, remaining, finalizers, failures);
    }

    private List<GenericKubernetesResource> clear(ServedKind kind) {
        List<GenericKubernetesResource> there = list(kind);
        if (there.isEmpty()) {
            return there;
        }
        for (GenericKubernetesResource object : there) {
            if (object.getMetadata().getDeletionTimestamp() == null) {
                String path = Writer.path(kind.apiVersion(), kind.plural(), ObjectKey.of(object));
                writer.delete(path, object.getMetadata().getUid(), "Background");
            }
        }
        return list(kind);
    }

    private List<GenericKubernetesResource> list(ServedKind kind) {
        return client.genericKubernetesResources(kind.context())
                .inNamespace(namespace)
                .list()
                .getItems();
    }
}
