package dev.firedrill.harness.fault;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The API of a Toxiproxy in the namespace, through the API server, so that whoever may heal needs no other way in.
 *
 * <p>Source: https://github.com/Shopify/toxiproxy/tree/v2.12.0#http-api; Kubernetes API, {@code
 * /api/v1/namespaces/{ns}/pods/{name:port}/proxy}.
 */
public final class Toxiproxy {
    /** Where its API listens. */
    public static final int PORT = 8474;

    /** The label of its pods; its value is the Deployment's name. */
    public static final String LABEL = "firedrill.dev/toxiproxy";

    private final KubernetesClient client;
    private final String namespace;
    private final ObjectRef deployment;

    Toxiproxy(KubernetesClient client, String namespace, ObjectRef deployment) {
        this.client = client;
        this.namespace = namespace;
        this.deployment = deployment;
    }

    /** Adds the toxic, or disables the proxy. */
    ObjectFields.Outcome set(ToxicChange change) {
        String proxy = "/proxies/" + change.proxy();
        try {
            if (change.toxic().isPresent()) {
                call("POST", proxy + "/toxics", change.toxic().get().toString());
            } else {
                call("POST", proxy, "{\"enabled\":false}");
            }
            return ObjectFields.Outcome.WRITTEN;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return ObjectFields.Outcome.CONFLICT;
            }
            throw e;
        }
    }

    /** Removes the toxic, or enables the proxy; there is nothing to do if the Toxiproxy is gone. */
    ObjectFields.Outcome remove(ToxicChange change) {
        if (pods().isEmpty()) {
            return ObjectFields.Outcome.ALREADY;
        }
        String proxy = "/proxies/" + change.proxy();
        try {
            if (change.toxic().isPresent()) {
                call(
                        "DELETE",
                        proxy + "/toxics/" + change.toxic().get().path("name").asString(),
                        null);
            } else {
                call("POST", proxy, "{\"enabled\":true}");
            }
            return ObjectFields.Outcome.WRITTEN;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return ObjectFields.Outcome.ALREADY;
            }
            throw e;
        }
    }

    private void call(String method, String path, @Nullable String body) {
        for (Pod pod : pods()) {
            client.raw(
                    "/api/v1/namespaces/" + namespace + "/pods/"
                            + pod.getMetadata().getName() + ":" + PORT + "/proxy" + path,
                    method,
                    body);
        }
    }

    private List<Pod> pods() {
        return client.pods().inNamespace(namespace).withLabel(LABEL, deployment.name()).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }
}
