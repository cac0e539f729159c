package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A whole answer. */
public record Reply(int code, String contentType, Buffer body, List<String> warnings) {
    static final String JSON = "application/json";
    private static final int UNAUTHORIZED = 401;

    public Reply {
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

    static Reply refusal(StatusException refused) {
        return json(refused.code(), refused.status());
    }

    /** The same, with these warnings before others. */
    Reply warning(List<String> sentences) {
        List<String> all = new ArrayList<>(sentences);
        all.addAll(warnings);
        return new Reply(code, contentType, body, all);
    }

    /** The headers that it is sent with, lower-case names. */
    public Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("content-type", List.of(contentType));
        if (!warnings.isEmpty()) {
            headers.put(
                    "warning",
                    warnings.stream().map(each -> "299 - " + quoted(each)).toList());
        }
        if (code == UNAUTHORIZED) {
            headers.put("www-authenticate", List.of("Bearer realm=\"firedrill\""));
        }
        return headers;
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
