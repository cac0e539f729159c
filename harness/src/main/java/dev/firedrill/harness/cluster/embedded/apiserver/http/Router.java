package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.security.User;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.Set;

/** Receives requests that come by a connection, and writes their answers. */
final class Router implements Handler<HttpServerRequest> {
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final Vertx vertx;
    private final Dispatcher dispatcher;

    Router(Vertx vertx, Dispatcher dispatcher) {
        this.vertx = vertx;
        this.dispatcher = dispatcher;
    }

    @Override
    public void handle(HttpServerRequest http) {
        try {
            Optional<Reply> open = dispatcher.open(http.path(), http.params());
            if (open.isPresent()) {
                write(http, open.get());
                return;
            }
            receive(http, dispatcher.authenticate(http.headers()));
        } catch (StatusException refused) {
            refuse(http, refused);
        }
    }

    private void receive(HttpServerRequest http, User user) {
        String method = http.method().name();
        if (!WITH_BODY.contains(method)) {
            answer(http, new ApiRequest(method, http.headers(), http.params(), user, new byte[0]));
            return;
        }
        String length = http.getHeader("content-length");
        int largest = Dispatcher.largestBody();
        if (length != null && length.matches("\\d{1,18}") && Long.parseLong(length) > largest) {
            throw StatusException.tooLarge(largest);
        }
        Buffer body = Buffer.buffer();
        http.handler(part -> {
            if (body.length() <= largest) {
                body.appendBuffer(part);
            }
        });
        http.endHandler(end -> {
            byte[] bytes = body.getBytes();
            answer(http, new ApiRequest(method, http.headers(), http.params(), user, bytes));
        });
    }

    private void answer(HttpServerRequest http, ApiRequest request) {
        Answer answer = dispatcher.answer(http.path(), request);
        if (answer instanceof Answer.Whole whole) {
            write(http, whole.reply());
        } else if (answer instanceof Answer.Events events) {
            stream(http, events.feed());
        } else if (answer instanceof Answer.Elsewhere elsewhere) {
            pass(http, elsewhere.passage());
        }
    }

    private void stream(HttpServerRequest http, Answer.Feed feed) {
        String upgrade = http.getHeader("upgrade");
        if (upgrade != null && upgrade.equalsIgnoreCase("websocket")) {
            http.toWebSocket().onSuccess(socket -> feed.into(WatchSink.webSocket(socket), vertx.getOrCreateContext()));
            return;
        }
        HttpServerResponse response = http.response();
        response.setChunked(true).putHeader("content-type", Reply.JSON).putHeader("cache-control", "no-cache, private");
        response.writeHead();
        feed.into(WatchSink.chunks(response), vertx.getOrCreateContext());
    }

    private static void pass(HttpServerRequest http, Answer.Passage passage) {
        try {
            passage.of(http, why -> refuse(http, why));
        } catch (StatusException refused) {
            refuse(http, refused);
        }
    }

    private static void refuse(HttpServerRequest http, StatusException refused) {
        write(http, Reply.refusal(refused));
    }

    private static void write(HttpServerRequest http, Reply reply) {
        HttpServerResponse response = http.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(reply.code());
        reply.headers().forEach((name, values) -> response.headers().add(name, values));
        response.end(reply.body());
    }
}
