package dev.firedrill.harness.agent;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The agent's paths. What a cluster's own programs need is open: {@code /webhook}, {@code /canary} to read,
 * {@code /healthz}, {@code /readyz}; everything else is for whoever has the token.
 */
final class AgentRoutes implements Handler<HttpServerRequest> {
    private static final String JSON = "application/json";
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";
    private static final int MOST_BODY = 2 * 1024 * 1024;
    private static final long MOST_WAIT = 20_000;

    private final byte[] token;
    private final StoreThread store;
    private final Map<String, Route> open;
    private final Map<String, Route> guarded;
    private final Repeats<Reply> repeats = new Repeats<>();

    AgentRoutes(String token, StoreThread store, InboxDesk inbox, ProbeDesk probes, FetchDesk fetch, WireDesk wire) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.store = store;
        this.open = Map.of(
                "GET /healthz", request -> Future.succeededFuture(Reply.ok(Wire.message())),
                "GET /readyz", request -> ready(),
                "GET /canary", request -> Future.succeededFuture(canary(inbox.canaryIsWell())),
                "POST /webhook", request -> body(request).compose(text -> ok(inbox.receive(text))));
        this.guarded = Map.of(
                "GET /inbox", request -> ok(inbox.page(number(request, "after", Long.MAX_VALUE), waiting(request))),
                "GET /samples", request -> ok(probes.page(number(request, "after", Long.MAX_VALUE), waiting(request))),
                "GET /clock",
                        request -> Future.succeededFuture(
                                Reply.ok(Wire.message().put("now", Instant.now().toString()))),
                "PUT /canary",
                        request -> body(request)
                                .map(Wire::read)
                                .map(message -> Reply.ok(
                                        inbox.canary(message.path("failing").asBoolean(false)))),
                "PUT /probes", request -> body(request).map(Wire::read).compose(message -> ok(probes.replace(message))),
                "POST /fetch", request -> once(request, fetch::fetch),
                "POST /wire", request -> body(request).map(Wire::read).compose(message -> ok(wire.open(message))),
                "PUT /held", request -> body(request).map(Wire::read).compose(message -> ok(wire.hold(message))),
                "POST /held", request -> once(request, wire::askHeld));
    }

    @Override
    public void handle(HttpServerRequest request) {
        String name = request.method().name() + " " + request.path();
        Future<Reply> reply;
        try {
            if (open.containsKey(name)) {
                reply = open.get(name).apply(request);
            } else if (!authorized(request)) {
                reply = Future.succeededFuture(Reply.error(401, "the header X-Firedrill-Token is missing or wrong"));
            } else if (guarded.containsKey(name)) {
                reply = guarded.get(name).apply(request);
            } else {
                reply = Future.succeededFuture(Reply.error(404, "there is no " + name));
            }
        } catch (RuntimeException e) {
            reply = Future.failedFuture(e);
        }
        reply.otherwise(this::failed).onSuccess(done -> done.sendTo(request));
    }

    /** Carries out a message that has arrived completely; once, if it is one that must not be repeated. */
    private Future<Reply> once(HttpServerRequest request, Function<JsonNode, Future<ObjectNode>> action) {
        String id = request.getHeader(AgentClient.ONCE_HEADER);
        return body(request)
                .map(Wire::read)
                .compose(message -> id == null
                        ? ok(action.apply(message))
                        : repeats.once(id, underWay(request), () -> ok(action.apply(message))));
    }

    private static Duration underWay(HttpServerRequest request) {
        String text = request.getHeader(AgentClient.UNDER_WAY_HEADER);
        try {
            return Duration.ofMillis(text == null ? 0 : Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new Wire.WireException(AgentClient.UNDER_WAY_HEADER + " is a whole number: '" + text + "'");
        }
    }

    private boolean authorized(HttpServerRequest request) {
        String shown = request.getHeader(AgentClient.TOKEN_HEADER);
        return shown != null && MessageDigest.isEqual(token, shown.getBytes(StandardCharsets.UTF_8));
    }

    private Reply failed(Throwable failure) {
        if (failure instanceof TooLong) {
            return Reply.error(413, "a body has at most " + MOST_BODY + " bytes");
        }
        if (failure instanceof Wire.WireException || failure instanceof IllegalArgumentException) {
            return Reply.error(400, FetchDesk.words(failure));
        }
        if (failure instanceof Repeats.Unknown) {
            return Reply.error(409, FetchDesk.words(failure));
        }
        if (!store.opened().succeeded()) {
            return Reply.error(503, "the database is not open yet");
        }
        AgentLog.line("failed: " + failure);
        return Reply.error(500, failure.toString());
    }

    private Future<Reply> ready() {
        boolean ready = store.opened().succeeded();
        return Future.succeededFuture(
                ready ? Reply.ok(Wire.message()) : Reply.error(503, "the database is not open yet"));
    }

    /** Readable by Prometheus, too: a scrape of it fails like any other check of it. */
    private static Reply canary(boolean well) {
        return well
                ? new Reply(200, METRICS, "firedrill_canary_well 1\n")
                : Reply.error(503, "a canary page is asked for");
    }

    private static Future<Reply> ok(Future<ObjectNode> message) {
        return message.map(Reply::ok);
    }

    private static long waiting(HttpServerRequest request) {
        return number(request, "wait", MOST_WAIT);
    }

    private static long number(HttpServerRequest request, String parameter, long most) {
        String text = request.getParam(parameter, "0");
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return Math.min(number, most);
            }
        } catch (NumberFormatException ignored) {
            // Said below, as for a negative one.
        }
        throw new Wire.WireException(parameter + " is a whole number from 0: '" + text + "'");
    }

    private static Future<String> body(HttpServerRequest request) {
        Promise<String> body = Promise.promise();
        Buffer collected = Buffer.buffer();
        request.handler(part -> {
            if (collected.length() + part.length() > MOST_BODY) {
                body.tryFail(new TooLong());
            } else {
                collected.appendBuffer(part);
            }
        });
        request.exceptionHandler(body::tryFail);
        request.endHandler(end -> body.tryComplete(collected.toString(StandardCharsets.UTF_8)));
        return body.future();
    }

    private interface Route extends Function<HttpServerRequest, Future<Reply>> {}

    private record Reply(int status, String type, String body) {
        static Reply ok(ObjectNode message) {
            return new Reply(200, JSON, Wire.write(message));
        }

        static Reply error(int status, String why) {
            return new Reply(status, JSON, Wire.write(Wire.message().put("error", why)));
        }

        void sendTo(HttpServerRequest request) {
            if (!request.response().ended() && !request.response().closed()) {
                request.response()
                        .setStatusCode(status)
                        .putHeader("Content-Type", type)
                        .end(body);
            }
        }
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super(null, null, false, false);
        }
    }
}
