package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests of clients in this JVM: answered like any other, without a connection. Safe for any thread. */
public final class LocalCalls {
    private final Dispatcher dispatcher;
    private volatile boolean closed;

    LocalCalls(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /**
     * A request.
     *
     * @param method such as {@code GET}
     * @param uri its path and query count
     * @param headers the token among them
     */
    public record Call(String method, URI uri, Map<String, List<String>> headers, Buffer body) {}

    /**
     * The answer; empty if the server has ended. What is refused is a whole answer with its code.
     */
    public Optional<Answer> ask(Call call) {
        if (closed) {
            return Optional.empty();
        }
        String path = call.uri().getRawPath();
        MultiMap query = query(call.uri().getRawQuery());
        Optional<Reply> open = dispatcher.open(path, query);
        if (open.isPresent()) {
            return Optional.of(new Answer.Whole(open.get()));
        }
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        call.headers().forEach(headers::add);
        try {
            ApiRequest request = new ApiRequest(
                    call.method(),
                    headers,
                    query,
                    dispatcher.authenticate(headers),
                    call.body().getBytes());
            return Optional.of(dispatcher.answer(path, request));
        } catch (StatusException stranger) {
            return Optional.of(new Answer.Whole(Reply.refusal(stranger)));
        }
    }

    /** Answers nothing any more. */
    void close() {
        closed = true;
    }

    private static MultiMap query(@Nullable String raw) {
        MultiMap query = MultiMap.caseInsensitiveMultiMap();
        if (raw == null || raw.isEmpty()) {
            return query;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.add(
                    URLDecoder.decode(name, StandardCharsets.UTF_8), URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return query;
    }
}
