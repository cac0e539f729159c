package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.discovery.Discovery;
import dev.firedrill.harness.cluster.embedded.apiserver.discovery.OpenApi;
import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Answers requests for what the server says about itself. */
final class Documents {
    private static final Set<String> VERSION = Set.of("/version", "/version/");
    private static final String VARY = "vary";
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private final Discovery discovery;
    private static final String SWAGGER_PROTOBUF = "application/com.github.proto-openapi.spec.v2";
    private static final String SWAGGER_PROTOBUF_SENT = SWAGGER_PROTOBUF + ".v1.0+protobuf";

    private final OpenApi openApi = new OpenApi();

    Documents(Discovery discovery) {
        this.discovery = discovery;
    }

    /** What everybody may see; empty for anything else. */
    Optional<Reply> open(String path, MultiMap query) {
        if (Health.isSummary(path)) {
            return Optional.of(Health.summary(path, query.contains("verbose"), query.getAll("exclude")));
        }
        return VERSION.contains(path) ? Optional.of(Reply.json(200, discovery.version())) : Optional.empty();
    }

    /**
     * What those may see who have a token.
     *
     * @throws StatusException 404 for an unknown path, 406 for a form that the document does not have
     */
    Reply authenticated(String path, ApiRequest request) {
        if (!request.method().equals("GET")) {
            throw StatusException.methodNotAllowed();
        }
        List<String> steps = List.of(path.substring(1).split("/"));
        return switch (steps.get(0)) {
            case "" -> Reply.json(200, discovery.paths());
            case "api", "apis" -> discovery(steps, request);
            case "openapi" -> openApi(path, request);
            case "healthz", "livez", "readyz" -> Health.check(steps);
            default -> throw StatusException.noSuchPath();
        };
    }

    private Reply discovery(List<String> steps, ApiRequest request) {
        boolean core = steps.get(0).equals("api");
        if (steps.size() == 1) {
            if (wantsAggregated(request.accept())) {
                byte[] body = Json.write(discovery.aggregated(core));
                return tagged(new Reply(200, AGGREGATED, Buffer.buffer(body)), request);
            }
            return Reply.json(200, core ? discovery.coreVersions() : discovery.groups())
                    .with(VARY, "Accept");
        }
        Optional<JsonNode> document = core
                ? discovery.resources("", steps.get(1))
                : steps.size() == 2 ? discovery.group(steps.get(1)) : discovery.resources(steps.get(1), steps.get(2));
        return Reply.json(200, document.orElseThrow(StatusException::noSuchPath));
    }

    private static boolean wantsAggregated(String accept) {
        for (String clause : accept.split(",", -1)) {
            if (clause.contains("as=APIGroupDiscoveryList") && clause.contains("v=v2;")) {
                return true;
            }
        }
        return false;
    }

    private Reply openApi(String path, ApiRequest request) {
        if (path.equals("/openapi/v2") && request.accept().startsWith(SWAGGER_PROTOBUF)) {
            return tagged(new Reply(200, SWAGGER_PROTOBUF_SENT, Buffer.buffer(openApi.version2Protobuf())), request);
        }
        if (!request.accept().contains("json") && !request.accept().contains("*/*")) {
            throw StatusException.notAcceptable("application/json");
        }
        if (path.equals("/openapi/v2")) {
            return document(openApi.version2(), request);
        }
        if (path.equals("/openapi/v3")) {
            return Reply.json(200, Buffer.buffer(openApi.index()));
        }
        String group = path.startsWith("/openapi/v3/") ? path.substring("/openapi/v3/".length()) : "";
        return document(openApi.groupVersion(group).orElseThrow(StatusException::noSuchPath), request);
    }

    private static Reply document(byte[] json, ApiRequest request) {
        return tagged(Reply.json(200, Buffer.buffer(json)), request);
    }

    /** A document that a client keeps: it is sent again only if it is another one. */
    private static Reply tagged(Reply reply, ApiRequest request) {
        return reply.with(VARY, "Accept")
                .unlessKnown(Digests.of(reply.body().getBytes()), request.header("if-none-match"));
    }
}
