package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.json.JsonReader;
import dev.firedrill.harness.cluster.embedded.apiserver.json.Yaml;
import dev.firedrill.harness.cluster.embedded.apiserver.protobuf.ProtobufReader;
import dev.firedrill.harness.cluster.embedded.apiserver.protobuf.ProtobufWriter;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A whole answer. */
public record Reply(int code, String contentType, Buffer body, List<String> warnings, Map<String, String> more) {
    static final String JSON = "application/json";
    private static final byte NEWLINE = '\n';
    private static final int NOT_MODIFIED = 304;
    private static final int UNAUTHORIZED = 401;

    public Reply {
        warnings = List.copyOf(warnings);
        more = Map.copyOf(more);
    }

    Reply(int code, String contentType, Buffer body) {
        this(code, contentType, body, List.of(), Map.of());
    }

    static Reply json(int code, JsonNode tree) {
        return json(code, body(Json.write(tree)));
    }

    /** Takes the body and ends it with its line, as Kubernetes does. */
    static Reply json(int code, Buffer body) {
        return new Reply(code, JSON, body.appendByte(NEWLINE));
    }

    /** A body with room for the end of its line. */
    static Buffer body(byte[] json) {
        return Buffer.buffer(json.length + 1).appendBytes(json);
    }

    static Reply text(String text) {
        return new Reply(200, "text/plain; charset=utf-8", Buffer.buffer(text));
    }

    static Reply refusal(StatusException refused) {
        Reply reply = json(refused.code(), refused.status());
        int wait = refused.retryAfterSeconds();
        return wait > 0 ? reply.with("retry-after", Integer.toString(wait)) : reply;
    }

    /** The same, with these warnings before others. */
    Reply warning(List<String> sentences) {
        List<String> all = new ArrayList<>(sentences);
        all.addAll(warnings);
        return new Reply(code, contentType, body, all, more);
    }

    /** The same, with one more header. */
    Reply with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(more);
        all.put(header, value);
        return new Reply(code, contentType, body, warnings, all);
    }

    /** The same in another encoding, if it is JSON; a refusal where it cannot be. */
    Reply in(Form.Encoding encoding) {
        if (encoding == Form.Encoding.JSON || !contentType.equals(JSON)) {
            return this;
        }
        ObjectNode tree = JsonReader.object(body.getBytes());
        if (encoding == Form.Encoding.YAML) {
            return written("application/yaml", Yaml.write(tree));
        }
        return ProtobufWriter.write(tree)
                .map(bytes -> written(ProtobufReader.MEDIA_TYPE, bytes))
                .orElseGet(() -> refusal(Form.notAcceptable()));
    }

    private Reply written(String type, byte[] bytes) {
        return new Reply(code, type, Buffer.buffer(bytes), warnings, more);
    }

    /** The same, unless the client has it already. */
    Reply unlessKnown(String tag, @Nullable String known) {
        Reply tagged = with("etag", "\"" + tag + "\"");
        boolean same = known != null && known.contains("\"" + tag + "\"");
        return same ? new Reply(NOT_MODIFIED, contentType, Buffer.buffer(), warnings, tagged.more) : tagged;
    }

    /** The headers that it is sent with, lower-case names. */
    public Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("content-type", List.of(contentType));
        headers.put("cache-control", List.of("no-cache, private"));
        more.forEach((name, value) -> headers.put(name, List.of(value)));
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
