package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A whole answer. */
record Reply(int code, String contentType, Buffer body, List<String> warnings) {
    static final String JSON = "application/json";

    Reply {
        warnings = List.copyOf(warnings);
    }

    static Reply json(int code, JsonNode tree) {
        return new Reply(code, JSON, Buffer.buffer(Json.write(tree)), List.of());
    }

    static Reply json(int code, Buffer body) {
        return new Reply(code, JSON, body, List.of());
    }

    static Reply text(String text) {
        return new Reply(200, "text/plain; charset=utf-8", Buffer.buffer(text), List.of());
    }

    /** The same, with these warnings before others. */
    Reply warning(List<String> sentences) {
        List<String> all = new ArrayList<>(sentences);
        all.addAll(warnings);
        return new Reply(code, contentType, body, all);
    }
}
