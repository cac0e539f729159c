package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.admission.Moments;
import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.security.Tokens;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.ObjectStore;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.PodVerbs;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Scales;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Scope;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Writes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers requests for sub-resources other than status. */
final class SubresourceHandler {
    private static final Duration DEFAULT_TOKEN_LIFE = Duration.ofHours(1);
    private static final Duration SHORTEST_TOKEN_LIFE = Duration.ofMinutes(10);
    private static final Duration LONGEST_TOKEN_LIFE = Duration.ofSeconds(1L << 32);
    private static final ResourceKind TOKEN_REQUEST = ResourceKind.transitory("authentication.k8s.io", "TokenRequest");

    private final ObjectStore store;
    private final Writes writes;
    private final PodVerbs pods;
    private final Tokens tokens;
    private final Authentication authentication;

    SubresourceHandler(ObjectStore store, Writes writes, PodVerbs pods, Tokens tokens, Authentication authentication) {
        this.store = store;
        this.writes = writes;
        this.pods = pods;
        this.tokens = tokens;
        this.authentication = authentication;
    }

    Reply handle(ResourceKind kind, ResourcePath path, ApiRequest request) {
        String subresource = kind.storage() + "/" + path.subresource();
        return switch (subresource) {
            case "pods/binding" -> bind(path.namespace(), path.name(), request);
            case "pods/eviction" -> evict(path, request);
            case "pods/exec",
                    "pods/attach",
                    "pods/portforward",
                    "pods/ephemeralcontainers",
                    "pods/resize",
                    "nodes/proxy" -> throw StatusException.notHere(subresource);
            case "serviceaccounts/token" -> token(kind, path, request);
            case "namespaces/finalize" -> finalizeNamespace(kind, path, request);
            default -> scale(kind, path, request);
        };
    }

    /** A Binding that names its pod. */
    Reply bind(String namespace, String pod, ApiRequest request) {
        checkMethod("POST", request);
        ObjectNode binding = request.object("Binding");
        String named = Json.textAt(binding, "metadata", "name");
        String name = pod.isEmpty() ? named : pod;
        if (!named.isEmpty() && !named.equals(name)) {
            throw StatusException.badRequest("name in URL does not match name in Binding object");
        }
        pods.bind(namespace, name, binding, request.caller());
        return Reply.json(201, ResourceHandler.success(Json.object()));
    }

    private Reply evict(ResourcePath path, ApiRequest request) {
        checkMethod("POST", request);
        pods.evict(path.namespace(), path.name(), request.object("Eviction"), request.caller());
        return Reply.json(201, ResourceHandler.success(Json.object()).put("code", 201));
    }

    private Reply token(ResourceKind kind, ResourcePath path, ApiRequest request) {
        checkMethod("POST", request);
        StoredObject account = require(kind, path);
        ObjectNode body = request.object("TokenRequest");
        List<String> audiences = new ArrayList<>();
        Json.arrayAt(body, "spec", "audiences").forEach(audience -> audiences.add(audience.asString()));
        Duration life =
                Duration.ofSeconds(Json.longAt(body, DEFAULT_TOKEN_LIFE.toSeconds(), "spec", "expirationSeconds"));
        if (life.compareTo(SHORTEST_TOKEN_LIFE) < 0) {
            throw StatusException.invalid(
                    TOKEN_REQUEST,
                    "",
                    "spec.expirationSeconds",
                    "Invalid value: " + life.toSeconds() + ": may not specify a duration less than 10 minutes");
        }
        if (life.compareTo(LONGEST_TOKEN_LIFE) > 0) {
            throw StatusException.invalid(
                    TOKEN_REQUEST,
                    "",
                    "spec.expirationSeconds",
                    "Invalid value: " + life.toSeconds() + ": may not specify a duration larger than 2^32 seconds");
        }
        JsonNode reference = body.path("spec").path("boundObjectRef");
        Optional<Tokens.Binding> bound = authentication.binding(path.namespace(), path.name(), reference);
        Tokens.Issued issued = tokens.issue(path.namespace(), path.name(), account.uid(), audiences, life, bound);
        ObjectNode answer = issued(path, issued, life);
        answer.withObjectProperty("spec")
                .set(
                        "boundObjectRef",
                        Objects.requireNonNullElse(body.path("spec").get("boundObjectRef"), NullNode.getInstance()));
        return Reply.json(201, answer);
    }

    private static ObjectNode issued(ResourcePath path, Tokens.Issued issued, Duration life) {
        ObjectNode answer = Json.object();
        answer.put("kind", "TokenRequest");
        answer.put("apiVersion", "authentication.k8s.io/v1");
        answer.putObject("metadata")
                .put("name", path.name())
                .put("namespace", path.namespace())
                .put("uid", UUID.randomUUID().toString())
                .put("creationTimestamp", Moments.text(issued.expires().minus(life)));
        ObjectNode spec = answer.putObject("spec");
        spec.set("audiences", Json.strings(issued.audiences()));
        spec.set("expirationSeconds", Json.number(life.toSeconds()));
        ObjectNode status = answer.putObject("status");
        status.put("token", issued.token());
        status.put("expirationTimestamp", Moments.text(issued.expires()));
        return answer;
    }

    private Reply finalizeNamespace(ResourceKind kind, ResourcePath path, ApiRequest request) {
        checkMethod("PUT", request);
        ObjectNode namespace = request.object("Namespace");
        ResourceHandler.requireName(namespace, path);
        JsonNode spec = namespace.path("spec");
        StoredObject written = writes.update(
                kind,
                "",
                path.name(),
                Scope.SERVER,
                current -> {
                    current.set("spec", spec.isObject() ? spec.deepCopy() : Json.object());
                    return current;
                },
                request.caller());
        return Reply.json(200, Renderings.of(kind, request).object(written));
    }

    private Reply scale(ResourceKind kind, ResourcePath path, ApiRequest request) {
        if (!path.subresource().equals("scale") || !kind.scale()) {
            throw StatusException.noSuchPath();
        }
        StoredObject workload =
                switch (request.method()) {
                    case "GET" -> require(kind, path);
                    case "PUT", "PATCH" -> rescale(kind, path, request);
                    default -> throw StatusException.methodNotAllowed();
                };
        return Reply.json(200, Renderings.of(Scales.SCALE, request).object(Scales.of(workload)));
    }

    private StoredObject rescale(ResourceKind kind, ResourcePath path, ApiRequest request) {
        boolean replaces = request.method().equals("PUT");
        JsonNode body = (replaces ? request.document("Scale") : request.patch()).tree();
        if (body instanceof ObjectNode scale) {
            ResourceHandler.checkName(scale, path);
        }
        Writes.Change change = replaces
                ? workload -> Scales.replaced(workload, body)
                : workload -> Scales.patched(workload, request.mediaType(), body);
        return writes.update(kind, path.namespace(), path.name(), Scope.SCALE, change, request.caller());
    }

    private StoredObject require(ResourceKind kind, ResourcePath path) {
        return store.get(kind, path.namespace(), path.name())
                .orElseThrow(() -> StatusException.notFound(kind, path.name()));
    }

    private static void checkMethod(String only, ApiRequest request) {
        if (!request.method().equals(only)) {
            throw StatusException.methodNotAllowed();
        }
    }
}
