package dev.firedrill.harness.cluster.embedded.controllers;

import dev.firedrill.harness.model.ProvisioningException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One cache and one informer per kind that some controller watches, shared by all controllers. */
final class Caches implements AutoCloseable {
    private final Map<Class<? extends HasMetadata>, Cache<? extends HasMetadata>> byKind = new LinkedHashMap<>();
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
    private volatile boolean closed;

    private final Cache<Namespace> namespaces = add(Namespace.class);
    private final Cache<Node> nodes = add(Node.class);
    private final Cache<Deployment> deployments = add(Deployment.class);
    private final Cache<ReplicaSet> replicaSets = add(ReplicaSet.class);
    private final Cache<Pod> pods = add(Pod.class);
    private final Cache<Service> services = add(Service.class);
    private final Cache<EndpointSlice> endpointSlices = add(EndpointSlice.class);
    private final Cache<Endpoints> endpoints = add(Endpoints.class);
    private final Cache<ServiceAccount> serviceAccounts = add(ServiceAccount.class);
    private final Cache<ConfigMap> configMaps = add(ConfigMap.class);
    private final Cache<PodDisruptionBudget> disruptionBudgets = add(PodDisruptionBudget.class);

    private <T extends HasMetadata> Cache<T> add(Class<T> kind) {
        Cache<T> cache = new Cache<>();
        byKind.put(kind, cache);
        return cache;
    }

    Cache<Namespace> namespaces() {
        return namespaces;
    }

    Cache<Node> nodes() {
        return nodes;
    }

    Cache<Deployment> deployments() {
        return deployments;
    }

    Cache<ReplicaSet> replicaSets() {
        return replicaSets;
    }

    Cache<Pod> pods() {
        return pods;
    }

    Cache<Service> services() {
        return services;
    }

    Cache<EndpointSlice> endpointSlices() {
        return endpointSlices;
    }

    Cache<Endpoints> endpoints() {
        return endpoints;
    }

    Cache<ServiceAccount> serviceAccounts() {
        return serviceAccounts;
    }

    Cache<ConfigMap> configMaps() {
        return configMaps;
    }

    Cache<PodDisruptionBudget> disruptionBudgets() {
        return disruptionBudgets;
    }

    /**
     * Whether it is known that nothing can be created in a namespace any more. Of one that is not known nothing is:
     * each kind has a watch of its own, and that of namespaces may be behind. The API server has the last word.
     */
    boolean isEnding(String namespace) {
        return namespaces
                .get(new ObjectKey("", namespace))
                .filter(namespaces::leaving)
                .isPresent();
    }

    /** The kinds that are watched here, with their caches. */
    Map<Class<? extends HasMetadata>, Cache<? extends HasMetadata>> byKind() {
        return Collections.unmodifiableMap(byKind);
    }

    /**
     * Starts all informers at once and waits until each has listed its kind.
     *
     * @param patience how long to wait for the next kind while none is listed
     * @throws ProvisioningException if nothing is listed for that long, or a kind cannot be listed
     */
    void start(KubernetesClient client, Duration patience) {
        Map<String, CompletableFuture<Void>> listed = new LinkedHashMap<>();
        for (Class<? extends HasMetadata> kind : byKind.keySet()) {
            listed.put(kind.getSimpleName(), start(client, kind));
        }
        List<String> missing = missing(listed);
        while (!missing.isEmpty()) {
            awaitAny(listed, missing, patience);
            missing = missing(listed);
        }
    }

    private static List<String> missing(Map<String, CompletableFuture<Void>> listed) {
        return listed.entrySet().stream()
                .filter(kind -> !kind.getValue().isDone() || kind.getValue().isCompletedExceptionally())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void awaitAny(Map<String, CompletableFuture<Void>> listed, List<String> missing, Duration patience) {
        String what = "The controllers could not list " + String.join(", ", missing);
        try {
            CompletableFuture.anyOf(missing.stream().map(listed::get).toArray(CompletableFuture[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProvisioningException("Interrupted while the controllers listed what there is", e);
        } catch (ExecutionException e) {
            throw new ProvisioningException(what + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new ProvisioningException(
                    what + ": none of them came for " + patience.toSeconds()
                            + " s; is the machine very busy, or does the API server not answer?",
                    e);
        }
    }

    @SuppressWarnings("unchecked") // put there by add(), under the class of its content
    private <T extends HasMetadata> CompletableFuture<Void> start(KubernetesClient client, Class<T> kind) {
        Cache<T> cache = (Cache<T>) byKind.get(kind);
        SharedIndexInformer<T> informer =
                client.resources(kind).inAnyNamespace().runnableInformer(0).exceptionHandler((started, e) -> !closed);
        informer.addEventHandler(cache);
        informers.add(informer);
        return informer.start().toCompletableFuture();
    }

    @Override
    public void close() {
        closed = true;
        informers.forEach(SharedIndexInformer::close);
    }
}
