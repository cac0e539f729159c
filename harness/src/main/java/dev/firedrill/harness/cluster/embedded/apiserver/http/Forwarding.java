package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.ObjectStore;
import dev.firedrill.harness.cluster.embedded.apiserver.validation.LogOptionsCheck;
import dev.firedrill.harness.cluster.sockets.LostConnections;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Passes requests on: for logs to the kubelet, for proxies to a pod, and streams the answers back. */
final class Forwarding {
    private static final Set<String> LOG_OPTIONS =
            Set.of("follow", "tailLines", "sinceSeconds", "sinceTime", "timestamps", "previous", "limitBytes");
    private static final Set<String> NOT_PASSED_ON = Set.of(
            "authorization", "connection", "host", "transfer-encoding", "content-length", "upgrade", "keep-alive");
    private static final String LOCATION = "location";
    private static final int NO_CONTENT = 204;
    private static final int MOVED = 301;
    private static final int CONNECT_MILLIS = 5_000;

    private final Backends backends;
    private final HttpClient client;
    private final String kubeletToken;

    Forwarding(Vertx vertx, ObjectStore store, String kubeletToken) {
        this.backends = new Backends(store);
        this.kubeletToken = kubeletToken;
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setKeepAlive(false)
                        .setTrustAll(true)
                        .setVerifyHost(false))
                .withConnectHandler(LostConnections::expect)
                .build();
    }

    /**
     * A container's log.
     *
     * @throws StatusException 400 if it is not clear which container, 404, 503 without a kubelet
     */
    void log(ResourcePath path, ApiRequest request, HttpServerRequest http, Answer.Failure failure) {
        LogOptionsCheck.check(path.name(), request::query);
        JsonNode pod = backends.pod(path.namespace(), path.name()).tree();
        String container = container(pod, request.query("container"));
        String node = Json.textAt(pod, "spec", "nodeName");
        if (node.isEmpty()) {
            http.response().setStatusCode(NO_CONTENT).end();
            return;
        }
        List<String> query = new ArrayList<>();
        for (String option : LOG_OPTIONS) {
            String value = request.query(option);
            if (value != null) {
                query.add(option + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }
        String uri = "/containerLogs/%s/%s/%s%s"
                .formatted(
                        path.namespace(), path.name(), container, query.isEmpty() ? "" : "?" + String.join("&", query));
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("authorization", "Bearer " + kubeletToken);
        RequestOptions options = to(backends.kubelet(node)).setURI(uri).setHeaders(headers);
        forward(options, Buffer.buffer(), http, failure, response -> logs(response, http, failure));
    }

    /** What the kubelet refuses is told as a Status. */
    private static void logs(HttpClientResponse response, HttpServerRequest http, Answer.Failure failure) {
        if (response.statusCode() < 400) {
            stream(response, http.response());
            return;
        }
        response.body()
                .map(body -> StatusException.badRequest(body.toString().strip()))
                .onSuccess(failure::refuse)
                .onFailure(broken -> failure.refuse(
                        StatusException.unavailable("the kubelet's answer ended: " + broken.getMessage())));
    }

    private static String container(JsonNode pod, @Nullable String wanted) {
        List<String> names = new ArrayList<>();
        for (String list : List.of("containers", "initContainers")) {
            Json.arrayAt(pod, "spec", list).forEach(container -> names.add(Json.textAt(container, "name")));
        }
        String name = Json.textAt(pod, "metadata", "name");
        if (wanted == null || wanted.isEmpty()) {
            if (Json.arrayAt(pod, "spec", "containers").size() == 1) {
                return names.get(0);
            }
            throw StatusException.badRequest("a container name must be specified for pod %s, choose one of: [%s]"
                    .formatted(name, String.join(" ", names)));
        }
        if (!names.contains(wanted)) {
            throw StatusException.badRequest("container %s is not valid for pod %s".formatted(wanted, name));
        }
        return wanted;
    }

    /** A request to a pod, or to a pod behind a Service. */
    void proxy(boolean service, ResourcePath path, ApiRequest request, HttpServerRequest http, Answer.Failure failure) {
        Backends.Backend target = service
                ? backends.serviceTarget(path.namespace(), path.name())
                : backends.podTarget(path.namespace(), path.name());
        Optional<String> root = Redirects.toRoot(path, request.method(), http.path(), http.query());
        if (root.isPresent()) {
            http.response().setStatusCode(MOVED).putHeader(LOCATION, root.get()).end();
            return;
        }
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        http.headers().forEach((name, value) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                headers.add(name, value);
            }
        });
        String query = http.query();
        RequestOptions options = to(target.address())
                .setSsl(target.secure())
                .setMethod(HttpMethod.valueOf(request.method()))
                .setURI((path.tail().isEmpty() ? "/" : path.tail()) + (query == null ? "" : "?" + query))
                .setHeaders(headers);
        String prefix = Redirects.prefix(path, http.path());
        String host = http.getHeader("host");
        String backend = options.getHost() + ":" + options.getPort();
        forward(options, Buffer.buffer(request.body()), http, failure, response -> {
            String location = response.getHeader(LOCATION);
            if (location != null) {
                response.headers().set(LOCATION, Redirects.through(location, prefix, backend, host));
            }
            stream(response, http.response());
        });
    }

    private static RequestOptions to(InetSocketAddress address) {
        return new RequestOptions()
                .setHost(address.getAddress().getHostAddress())
                .setPort(address.getPort());
    }

    private void forward(
            RequestOptions options,
            Buffer body,
            HttpServerRequest http,
            Answer.Failure failure,
            Handler<HttpClientResponse> then) {
        client.request(options)
                .compose(request -> {
                    http.response().closeHandler(gone -> request.reset());
                    return request.send(body);
                })
                .onSuccess(then)
                .onFailure(broken -> failure.refuse(StatusException.unavailable("error trying to reach %s:%d: %s"
                        .formatted(options.getHost(), options.getPort(), broken.getMessage()))));
    }

    private static void stream(HttpClientResponse from, HttpServerResponse to) {
        if (to.closed()) {
            from.request().reset();
            return;
        }
        to.setStatusCode(from.statusCode()).setChunked(true);
        from.headers().forEach((name, value) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                to.putHeader(name, value);
            }
        });
        from.pipeTo(to).onFailure(broken -> to.reset());
    }
}
