package dev.firedrill.harness.conformance;

import dev.firedrill.harness.cluster.Cluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A namespace of a cluster on which one behaviour is tried, with words for what every check needs. Requests go to the
 * API server as they are written here, without a client that would mend them.
 */
public final class Ground implements AutoCloseable {
    /** How long anything may take that a cluster does by itself. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    static final String JSON = "application/json";

    private static final Map<String, String> COLLECTIONS = Map.of(
            "ConfigMap", "configmaps",
            "Secret", "secrets",
            "Pod", "pods",
            "Service", "services",
            "ServiceAccount", "serviceaccounts",
            "Deployment", "deployments",
            "PodDisruptionBudget", "poddisruptionbudgets");
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Cluster cluster;
    private final HttpClient http;
    private final String namespace;

    private Ground(Cluster cluster, String namespace) {
        this.cluster = cluster;
        this.http = cluster.client()
                .getHttpClient()
                .newBuilder()
                .tag(new RequestConfigBuilder()
                        .withRequestRetryBackoffLimit(
                                0) // each request is sent once: a second one would be another deed
                        .withRequestTimeout((int) PATIENCE.toMillis())
                        .build())
                .build();
        this.namespace = namespace;
    }

    /** Makes a namespace and waits until pods can be created in it. */
    static Ground in(Cluster cluster, String namespace) {
        Ground ground = new Ground(cluster, namespace);
        ground.post(
                        "/api/v1/namespaces",
                        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"%s\",\"labels\":"
                                        .formatted(namespace)
                                + "{\"app.kubernetes.io/managed-by\":\"firedrill\"}}}")
                .expect(201);
        ground.until(
                "its default ServiceAccount",
                () -> ground.get(ground.path("serviceaccounts/default")).code() == 200);
        return ground;
    }

    public Cluster cluster() {
        return cluster;
    }

    public KubernetesClient client() {
        return cluster.client();
    }

    public String namespace() {
        return namespace;
    }

    /** The path of something of the core group in this namespace: {@code pods/api}. */
    String path(String resource) {
        return "/api/v1/namespaces/" + namespace + "/" + resource;
    }

    /** The path of something of another group: {@code apps/v1}, {@code deployments/api}. */
    String path(String group, String resource) {
        return "/apis/" + group + "/namespaces/" + namespace + "/" + resource;
    }

    Answer get(String path) {
        return call("GET", path, null, null);
    }

    /** A list as kubectl asks for it. */
    Answer table(String path) {
        return join(send(request(path)
                .setHeader("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json")
                .method("GET", JSON, null)));
    }

    /** Something in the form that is accepted. */
    Answer accepting(String form, String path) {
        return join(send(request(path).setHeader("Accept", form).method("GET", JSON, null)));
    }

    Answer post(String path, String body) {
        return call("POST", path, JSON, body);
    }

    Answer put(String path, String body) {
        return call("PUT", path, JSON, body);
    }

    Answer delete(String path) {
        return call("DELETE", path, null, null);
    }

    /** A patch of a kind: {@code merge}, {@code strategic-merge}, {@code json} or {@code apply}. */
    Answer patch(String kind, String path, String body) {
        String type = "application/" + (kind.equals("apply") ? kind : kind + "-patch");
        return call("PATCH", path, type + (kind.equals("apply") ? "-patch+yaml" : "+json"), body);
    }

    Answer call(String method, String path, @Nullable String type, @Nullable String body) {
        return join(start(method, path, type, body));
    }

    /** Sends a request and does not wait for its answer. */
    CompletableFuture<Answer> start(String method, String path, @Nullable String type, @Nullable String body) {
        return send(request(path).method(method, Objects.requireNonNullElse(type, JSON), body));
    }

    private HttpRequest.Builder request(String path) {
        String server = cluster.client().getMasterUrl().toString().replaceAll("/$", "");
        return http.newHttpRequestBuilder()
                .uri(URI.create(server + path))
                .timeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private CompletableFuture<Answer> send(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), String.class)
                .thenApply(response -> new Answer(response.code(), Objects.requireNonNullElse(response.body(), "")));
    }

    static Answer join(CompletableFuture<Answer> answer) {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (Exception e) {
            throw new AssertionError("no answer: " + e.getMessage(), e);
        }
    }

    /** Creates an object of this namespace and returns it as stored. */
    Answer create(String object) {
        return submit(object).expect(201);
    }

    /** Tries to create an object of this namespace. */
    Answer submit(String object) {
        return post(collection(object), object);
    }

    /** The path of an object's kind in this namespace. */
    String collection(String object) {
        var tree = MAPPER.readTree(object);
        String group = tree.path("apiVersion").asString();
        String plural = Objects.requireNonNull(COLLECTIONS.get(tree.path("kind").asString()), "kind");
        return group.equals("v1") ? path(plural) : path(group, plural);
    }

    String configMap(String name, String key, String value) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\"},\"data\":{\"%s\":\"%s\"}}"
                .formatted(name, key, value);
    }

    /** Waits for what the cluster does by itself. */
    void until(String what, Callable<Boolean> seen) {
        await(what, seen, PATIENCE);
    }

    static void await(String what, Callable<Boolean> seen, Duration patience) {
        try {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(patience)
                    .until(seen);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("not within " + patience.toSeconds() + " s: " + what, e);
        }
    }

    /** Throws with this message unless it holds. */
    static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** Throws unless both are equal. */
    static void same(String what, Object expected, Object seen) {
        demand(expected.equals(seen), what + " is " + seen + " instead of " + expected);
    }

    /** Deletes the namespace; it goes by itself while the next behaviour is tried. */
    @Override
    public void close() {
        delete("/api/v1/namespaces/" + namespace);
    }
}
