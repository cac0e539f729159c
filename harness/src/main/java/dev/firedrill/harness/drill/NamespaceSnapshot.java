package dev.firedrill.harness.drill;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a namespace holds, save for what the cluster itself changes: the objects that somebody declared, without status
 * and bookkeeping. Two snapshots show what a drill has left behind.
 */
public final class NamespaceSnapshot {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What people declare; replica sets of Deployments, pods, endpoints, events and leases follow from it. */
    private static final Map<String, String> KINDS = new TreeMap<>(Map.of(
            "ConfigMap", "v1",
            "Deployment", "apps/v1",
            "Ingress", "networking.k8s.io/v1",
            "ReplicaSet", "apps/v1",
            "Role", "rbac.authorization.k8s.io/v1",
            "RoleBinding", "rbac.authorization.k8s.io/v1",
            "Secret", "v1",
            "Service", "v1",
            "ServiceAccount", "v1"));

    /** Which only some people declare, and only some users may read. */
    private static final Map<String, String> MORE_KINDS = new TreeMap<>(Map.of(
            "CronJob", "batch/v1",
            "DaemonSet", "apps/v1",
            "HorizontalPodAutoscaler", "autoscaling/v2",
            "NetworkPolicy", "networking.k8s.io/v1",
            "PodDisruptionBudget", "policy/v1",
            "StatefulSet", "apps/v1"));

    /** Annotations in which a controller counts. */
    private static final Set<String> COUNTING =
            Set.of("deployment.kubernetes.io/revision", "deprecated.daemonset.template.generation");

    private static final Set<String> BOOKKEEPING =
            Set.of("managedFields", "resourceVersion", "generation", "uid", "creationTimestamp");

    private final Map<String, JsonNode> objects;

    private NamespaceSnapshot(Map<String, JsonNode> objects) {
        this.objects = objects;
    }

    /**
     * Takes a snapshot.
     *
     * @param ignoredAnnotations annotations that the system itself writes
     */
    public static NamespaceSnapshot of(KubernetesClient client, String namespace, Set<String> ignoredAnnotations) {
        Map<String, JsonNode> objects = new TreeMap<>();
        KINDS.forEach((kind, apiVersion) -> list(client, namespace, kind, apiVersion)
                .filter(object -> !kind.equals("ReplicaSet")
                        || object.getMetadata().getOwnerReferences().isEmpty())
                .forEach(object -> put(objects, client, object, ignoredAnnotations)));
        MORE_KINDS.forEach((kind, apiVersion) -> ifAllowed(() -> list(client, namespace, kind, apiVersion))
                .forEach(object -> put(objects, client, object, ignoredAnnotations)));
        client.pods().inNamespace(namespace).list().getItems().stream()
                .filter(NamespaceSnapshot::isPutThere)
                .forEach(pod -> objects.put("Pod/" + pod.getMetadata().getName(), containers(pod)));
        return new NamespaceSnapshot(objects);
    }

    private static Stream<GenericKubernetesResource> list(
            KubernetesClient client, String namespace, String kind, String apiVersion) {
        return client.genericKubernetesResources(apiVersion, kind).inNamespace(namespace).list().getItems().stream();
    }

    /** Who may not read a kind has not changed any of it either; nor has anybody of a kind that a server lacks. */
    private static Stream<GenericKubernetesResource> ifAllowed(Supplier<Stream<GenericKubernetesResource>> listed) {
        try {
            return listed.get();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Stream.of();
            }
            throw e;
        }
    }

    private static void put(
            Map<String, JsonNode> objects,
            KubernetesClient client,
            GenericKubernetesResource object,
            Set<String> ignoredAnnotations) {
        JsonNode tree = JSON.readTree(client.getKubernetesSerialization().asJson(object));
        objects.put(
                object.getKind() + "/" + object.getMetadata().getName(),
                declared((ObjectNode) tree, ignoredAnnotations));
    }

    /** A pod that follows from nothing, or holds a container that does not. */
    private static boolean isPutThere(Pod pod) {
        return pod.getMetadata().getOwnerReferences().isEmpty()
                || !pod.getSpec().getEphemeralContainers().isEmpty();
    }

    private static JsonNode containers(Pod pod) {
        ObjectNode containers = JSON.createObjectNode();
        pod.getSpec().getContainers().forEach(each -> containers.put(each.getName(), each.getImage()));
        pod.getSpec().getEphemeralContainers().forEach(each -> containers.put(each.getName(), each.getImage()));
        return containers;
    }

    private static JsonNode declared(ObjectNode object, Set<String> ignoredAnnotations) {
        object.remove("status");
        if (object.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(BOOKKEEPING);
            if (metadata.get("annotations") instanceof ObjectNode annotations) {
                annotations.remove(ignoredAnnotations);
                annotations.remove(COUNTING);
                if (annotations.isEmpty()) {
                    metadata.remove("annotations");
                }
            }
        }
        if (object.path("kind").asString().equals("Secret") && object.get("data") instanceof ObjectNode data) {
            data.propertyNames()
                    .forEach(key ->
                            data.put(key, "sha256:" + Digest.of(data.path(key).asString())));
        }
        return object;
    }

    /** How a later snapshot differs from this one, one line each; values of Secrets are never shown. */
    public List<String> differencesTo(NamespaceSnapshot later) {
        List<String> differences = new ArrayList<>();
        objects.forEach((name, before) -> {
            JsonNode after = later.objects.get(name);
            if (after == null) {
                differences.add(name + ": gone");
            } else {
                compare(name, "", before, after, differences);
            }
        });
        later.objects.keySet().stream()
                .filter(name -> !objects.containsKey(name))
                .forEach(name -> differences.add(name + ": left behind"));
        return differences;
    }

    private static void compare(String name, String path, JsonNode before, JsonNode after, List<String> differences) {
        if (before.equals(after)) {
            return;
        }
        if (!before.isObject() || !after.isObject()) {
            differences.add(name + " " + path + ": was " + shown(before) + ", is " + shown(after));
            return;
        }
        for (Iterator<String> names = before.propertyNames().iterator(); names.hasNext(); ) {
            String key = names.next();
            compare(name, path + "/" + key, before.path(key), after.path(key), differences);
        }
        after.propertyNames().stream()
                .filter(key -> !before.has(key))
                .forEach(key ->
                        differences.add(name + " " + path + "/" + key + ": was absent, is " + shown(after.path(key))));
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "absent" : value.toString();
    }
}
