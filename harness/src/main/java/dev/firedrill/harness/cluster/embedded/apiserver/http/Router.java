package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.MalformedJsonException;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.RefusedKinds;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.security.Tokens;
import dev.firedrill.harness.cluster.embedded.apiserver.security.User;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Scope;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds who asks and who answers, and writes the answer. */
final class Router implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);
    private static final int LARGEST_BODY = 3 * 1024 * 1024;
    private static final String BEARER = "Bearer ";
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final Tokens tokens;
    private final Rooms rooms;

    Router(Tokens tokens, Rooms rooms) {
        this.tokens = tokens;
        this.rooms = rooms;
    }

    @Override
    public void handle(HttpServerRequest http) {
        try {
            Optional<Reply> open = rooms.documents().open(http.path());
            if (open.isPresent()) {
                write(http, open.get());
                return;
            }
            User user = authenticate(http);
            receive(http, user);
        } catch (StatusException refused) {
            refuse(http, refused);
        }
    }

    private User authenticate(HttpServerRequest http) {
        String header = http.getHeader("authorization");
        if (header == null || !header.startsWith(BEARER)) {
            throw StatusException.unauthorized();
        }
        return tokens.user(header.substring(BEARER.length()).strip()).orElseThrow(StatusException::unauthorized);
    }

    private void receive(HttpServerRequest http, User user) {
        String method = http.method().name();
        Optional<ResourcePath> path = ResourcePath.parse(http.path());
        if (!WITH_BODY.contains(method)) {
            answer(http, path, new ApiRequest(method, http.headers(), http.params(), user, new byte[0]));
            return;
        }
        String length = http.getHeader("content-length");
        if (length != null && length.matches("\\d{1,18}") && Long.parseLong(length) > LARGEST_BODY) {
            throw StatusException.tooLarge(LARGEST_BODY);
        }
        Buffer body = Buffer.buffer();
        http.handler(part -> {
            if (body.length() <= LARGEST_BODY) {
                body.appendBuffer(part);
            }
        });
        http.endHandler(end -> {
            byte[] bytes = body.getBytes();
            answer(http, path, new ApiRequest(method, http.headers(), http.params(), user, bytes));
        });
    }

    private void answer(HttpServerRequest http, Optional<ResourcePath> path, ApiRequest request) {
        try {
            if (request.size() > LARGEST_BODY) {
                throw StatusException.tooLarge(LARGEST_BODY);
            }
            if (path.isEmpty()) {
                write(http, rooms.documents().authenticated(http.path(), request));
                return;
            }
            Optional<Reply> reply = dispatch(http, path.get(), request);
            reply.ifPresent(whole -> write(http, whole));
        } catch (StatusException refused) {
            refuse(http, refused);
        } catch (MalformedJsonException malformed) {
            refuse(http, StatusException.badRequest(String.valueOf(malformed.getMessage())));
        } catch (RuntimeException bug) {
            LOG.error("{} {} failed", request.method(), http.uri(), bug);
            refuse(http, StatusException.internal(String.valueOf(bug.getMessage())));
        }
    }

    /** The answer; empty where it is streamed. */
    private Optional<Reply> dispatch(HttpServerRequest http, ResourcePath path, ApiRequest request) {
        Optional<Reply> review = rooms.reviews().handle(path, request);
        if (review.isPresent()) {
            return review;
        }
        if (path.group().isEmpty() && path.plural().equals("bindings")) {
            return Optional.of(rooms.subresources().bind(path.namespace(), "", request));
        }
        RefusedKinds.find(path.group(), path.plural()).ifPresent(refused -> {
            throw StatusException.notHere(refused.what());
        });
        ResourceKind kind = KindTable.find(path.group(), path.version(), path.plural())
                .filter(found -> found.namespaced() || path.namespace().isEmpty())
                .orElseThrow(StatusException::noSuchPath);
        return serve(http, kind, path, request).map(reply -> reply.warning(kind.deprecation()));
    }

    private Optional<Reply> serve(HttpServerRequest http, ResourceKind kind, ResourcePath path, ApiRequest request) {
        boolean watch = request.flag("watch") && request.method().equals("GET");
        if (watch && path.subresource().isEmpty()) {
            rooms.watches().start(kind, path, request, http);
            return Optional.empty();
        }
        if (path.name().isEmpty()) {
            return Optional.of(rooms.resources().collection(kind, path, request));
        }
        if (path.subresource().equals("log") && kind.storage().equals("pods")) {
            rooms.forwarding().log(path, request, http, why -> refuse(http, why));
            return Optional.empty();
        }
        boolean service = kind.storage().equals("services");
        if (path.subresource().equals("proxy") && (service || kind.storage().equals("pods"))) {
            rooms.forwarding().proxy(service, path, request, http, why -> refuse(http, why));
            return Optional.empty();
        }
        return switch (path.subresource()) {
            case "" -> Optional.of(rooms.resources().object(kind, path, Scope.OBJECT, request));
            case "status" -> Optional.of(rooms.resources().object(checkStatus(kind), path, Scope.STATUS, request));
            default -> Optional.of(rooms.subresources().handle(kind, path, request));
        };
    }

    private static ResourceKind checkStatus(ResourceKind kind) {
        if (!kind.status()) {
            throw StatusException.noSuchPath();
        }
        return kind;
    }

    private static void refuse(HttpServerRequest http, StatusException refused) {
        write(http, Reply.json(refused.code(), refused.status()));
    }

    private static void write(HttpServerRequest http, Reply reply) {
        HttpServerResponse response = http.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(reply.code()).putHeader("content-type", reply.contentType());
        for (String warning : reply.warnings()) {
            response.headers().add("warning", "299 - " + quoted(warning));
        }
        if (reply.code() == 401) {
            response.putHeader("www-authenticate", "Bearer realm=\"firedrill\"");
        }
        response.end(reply.body());
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
