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

    /** Whether nothing can be created in a namespace any more. */
    boolean isEnding(String namespace) {
        return namespaces
                .get(new ObjectKey("", namespace))
                .map(namespaces::leaving)
                .orElse(true);
    }

    /** The kinds that are watched here, with their caches. */
    Map<Class<? extends HasMetadata>, Cache<? extends HasMetadata>> byKind() {
        return Collections.unmodifiableMap(byKind);
    }

    /**
     * Starts all informers at once and waits until each has listed its kind.
     *
     * @throws ProvisioningException if that takes longer than {@code timeout}, or a kind cannot be listed
     */
    void start(KubernetesClient client, Duration timeout) {
        List<CompletableFuture<Void>> listed = new ArrayList<>();
        for (Class<? extends HasMetadata> kind : byKind.keySet()) {
            listed.add(start(client, kind));
        }
        try {
            CompletableFuture.allOf(listed.toArray(CompletableFuture[]::new))
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProvisioningException("Interrupted while the controllers listed what there is", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new ProvisioningException(
                    "The controllers could not list what there is within " + timeout + "; does the API server answer?",
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
