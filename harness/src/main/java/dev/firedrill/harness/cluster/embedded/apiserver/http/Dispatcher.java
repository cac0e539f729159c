package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.MalformedJsonException;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.RefusedKinds;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.security.User;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Scope;
import io.vertx.core.MultiMap;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds who asks and who answers, by whatever way a request has come. */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int LARGEST_BODY = 3 * 1024 * 1024;
    private static final String BEARER = "Bearer ";
    private static final String TIMEOUT = "timeout";

    private final Authentication authentication;
    private final Rooms rooms;

    Dispatcher(Authentication authentication, Rooms rooms) {
        this.authentication = authentication;
        this.rooms = rooms;
    }

    /** The most that a request may send, in bytes. */
    static int largestBody() {
        return LARGEST_BODY;
    }

    /** What everybody may see; empty for anything else. */
    Optional<Reply> open(String path, MultiMap query) {
        Optional<Reply> open = rooms.documents().open(path, query);
        try {
            if (open.isPresent()) {
                Timeouts.check(query.get(TIMEOUT));
            }
            return open;
        } catch (StatusException refused) {
            return Optional.of(Reply.refusal(refused));
        }
    }

    /**
     * Who asks, or as whom.
     *
     * @throws StatusException 401 if nobody is known by its token
     */
    User authenticate(MultiMap headers) {
        String authorization = headers.get("authorization");
        if (authorization == null || !authorization.startsWith(BEARER)) {
            throw StatusException.unauthorized();
        }
        String token = authorization.substring(BEARER.length()).strip();
        User asking = authentication.user(token).orElseThrow(StatusException::unauthorized);
        return Impersonation.of(asking, headers);
    }

    /** The answer; what is refused, and what fails, is a Status. */
    Answer answer(String path, ApiRequest request) {
        Answer answer = found(path, request);
        return answer instanceof Answer.Whole whole
                ? new Answer.Whole(whole.reply().in(Form.Encoding.of(request.accept())))
                : answer;
    }

    private Answer found(String path, ApiRequest request) {
        try {
            if (request.size() > LARGEST_BODY) {
                throw StatusException.tooLarge(LARGEST_BODY);
            }
            Optional<ResourcePath> resource = ResourcePath.parse(path);
            return resource.isPresent() ? dispatch(resource.get(), request) : new Answer.Whole(document(path, request));
        } catch (StatusException refused) {
            return refusal(refused);
        } catch (MalformedJsonException malformed) {
            return refusal(StatusException.badRequest(String.valueOf(malformed.getMessage())));
        } catch (RuntimeException | StackOverflowError | LinkageError bug) {
            LOG.error("{} {} failed", request.method(), path, bug);
            return refusal(StatusException.internal(String.valueOf(bug.getMessage())));
        }
    }

    private Reply document(String path, ApiRequest request) {
        Timeouts.check(request.query(TIMEOUT));
        return rooms.documents().authenticated(path, request);
    }

    private static Answer refusal(StatusException refused) {
        return new Answer.Whole(Reply.refusal(refused));
    }

    private Answer dispatch(ResourcePath path, ApiRequest request) {
        Optional<Reply> review = rooms.reviews().handle(path, request);
        if (review.isPresent()) {
            return new Answer.Whole(review.get());
        }
        if (path.group().isEmpty() && path.plural().equals("bindings")) {
            return new Answer.Whole(rooms.subresources().bind(path.namespace(), "", request));
        }
        Optional<RefusedKinds.Refused> refused = RefusedKinds.find(path.group(), path.plural());
        if (refused.isPresent()) {
            return new Answer.Whole(none(refused.get(), path, request));
        }
        ResourceKind kind = KindTable.find(path.group(), path.version(), path.plural())
                .filter(found -> found.namespaced() || path.namespace().isEmpty())
                .orElseThrow(StatusException::noSuchPath);
        if (isWatch(path, request)) {
            return new Answer.Events(rooms.watches().feed(kind, path, request));
        }
        return elsewhere(kind, path, request).orElseGet(() -> {
            Timeouts.check(request.query(TIMEOUT));
            return new Answer.Whole(whole(kind, path, request).warning(kind.deprecation()));
        });
    }

    /** A list of what there cannot be; nothing else is answered. */
    private Reply none(RefusedKinds.Refused kind, ResourcePath path, ApiRequest request) {
        if (!request.method().equals("GET") || !path.name().isEmpty() || isWatch(path, request)) {
            throw StatusException.notHere(kind.what());
        }
        return rooms.resources().none(kind);
    }

    /** A list that is followed; one object is only by the path that has watch in it. */
    private static boolean isWatch(ResourcePath path, ApiRequest request) {
        boolean followed =
                path.watched() || (request.flag("watch") && path.name().isEmpty());
        return followed && request.method().equals("GET") && path.subresource().isEmpty();
    }

    private Optional<Answer> elsewhere(ResourceKind kind, ResourcePath path, ApiRequest request) {
        boolean pod = kind.storage().equals("pods");
        boolean service = kind.storage().equals("services");
        if (path.subresource().equals("log") && pod) {
            return Optional.of(
                    new Answer.Elsewhere((http, failure) -> rooms.forwarding().log(path, request, http, failure)));
        }
        if (path.subresource().equals("proxy") && (service || pod)) {
            return Optional.of(new Answer.Elsewhere(
                    (http, failure) -> rooms.forwarding().proxy(service, path, request, http, failure)));
        }
        return Optional.empty();
    }

    private Reply whole(ResourceKind kind, ResourcePath path, ApiRequest request) {
        if (path.name().isEmpty()) {
            return rooms.resources().collection(kind, path, request);
        }
        return switch (path.subresource()) {
            case "" -> rooms.resources().object(kind, path, Scope.OBJECT, request);
            case "approval" -> rooms.resources().object(checkApproval(kind), path, Scope.APPROVAL, request);
            case "status" -> rooms.resources().object(checkStatus(kind), path, Scope.STATUS, request);
            default -> rooms.subresources().handle(kind, path, request);
        };
    }

    private static ResourceKind checkApproval(ResourceKind kind) {
        if (!kind.isCertificateRequest()) {
            throw StatusException.noSuchPath();
        }
        return kind;
    }

    private static ResourceKind checkStatus(ResourceKind kind) {
        if (!kind.status()) {
            throw StatusException.noSuchPath();
        }
        return kind;
    }
}
