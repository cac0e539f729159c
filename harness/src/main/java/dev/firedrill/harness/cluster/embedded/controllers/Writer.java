package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The controllers' writes to the API. Updates carry the version that they are based on: a stale one is a conflict. */
final class Writer {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final KubernetesClient client;

    Writer(KubernetesClient client) {
        this.client = client;
    }

    <T extends HasMetadata> T create(Cache<T> cache, T object) {
        return cache.wrote(client.resource(object).create());
    }

    /** Creates an object unless there is one of that name. */
    <T extends HasMetadata> Optional<T> createIfAbsent(Cache<T> cache, T object) {
        try {
            return Optional.of(create(cache, object));
        } catch (KubernetesClientException e) {
            if (alreadyExists(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    static boolean alreadyExists(KubernetesClientException e) {
        return e.getCode() == CONFLICT
                && e.getStatus() != null
                && "AlreadyExists".equals(e.getStatus().getReason());
    }

    <T extends HasMetadata> T update(Cache<T> cache, T object) {
        return cache.wrote(client.resource(object).update());
    }

    <T extends HasMetadata> T updateStatus(Cache<T> cache, T object) {
        return cache.wrote(client.resource(object).updateStatus());
    }

    /** Deletes exactly this object, not a later one of its name; content if it is gone already. */
    <T extends HasMetadata> void delete(Cache<T> cache, T object) {
        if (delete(path(object), object.getMetadata().getUid(), "Background")) {
            cache.dismissed(object);
        }
    }

    /**
     * Deletes what lies at a path if it still has this uid.
     *
     * @param policy what becomes of its dependents: Background, Foreground or Orphan
     * @return whether it was there
     */
    boolean delete(String path, String uid, String policy) {
        Map<String, Object> options = new HashMap<>();
        options.put("kind", "DeleteOptions");
        options.put("apiVersion", "v1");
        options.put("preconditions", Map.of("uid", uid));
        options.put("propagationPolicy", policy);
        return send("DELETE", path, options);
    }

    /** Deletes a pod at once, without waiting for a kubelet. */
    <T extends HasMetadata> void deleteNow(Cache<T> cache, T object) {
        Map<String, Object> options = new HashMap<>();
        options.put("kind", "DeleteOptions");
        options.put("apiVersion", "v1");
        options.put("gracePeriodSeconds", 0);
        options.put("preconditions", Map.of("uid", object.getMetadata().getUid()));
        if (send("DELETE", path(object), options)) {
            cache.dismissed(object);
        }
    }

    /**
     * Sends a body as it is.
     *
     * @return false if there is nothing at that path
     */
    boolean send(String method, String path, Object body) {
        try {
            client.raw(path, method, body);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** Changes what a merge patch says; a stale {@code resourceVersion} in it is a conflict. */
    void merge(Resource<GenericKubernetesResource> resource, Map<String, Object> patch) {
        resource.patch(
                PatchContext.of(PatchType.JSON_MERGE),
                client.getKubernetesSerialization().asJson(patch));
    }

    /** Where an object is served: {@code /apis/apps/v1/namespaces/shop/deployments/api}. */
    static String path(HasMetadata object) {
        return path(object.getApiVersion(), object.getPlural(), ObjectKey.of(object));
    }

    static String path(String apiVersion, String plural, ObjectKey key) {
        String root = (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
        String scope = key.namespace().isEmpty() ? "" : "/namespaces/" + key.namespace();
        return root + scope + "/" + plural + (key.name().isEmpty() ? "" : "/" + key.name());
    }
}
