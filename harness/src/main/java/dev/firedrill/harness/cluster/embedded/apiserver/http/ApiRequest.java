package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.json.JsonReader;
import dev.firedrill.harness.cluster.embedded.apiserver.json.MalformedJsonException;
import dev.firedrill.harness.cluster.embedded.apiserver.json.Yaml;
import dev.firedrill.harness.cluster.embedded.apiserver.protobuf.MalformedProtobufException;
import dev.firedrill.harness.cluster.embedded.apiserver.protobuf.ProtobufReader;
import dev.firedrill.harness.cluster.embedded.apiserver.security.User;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Caller;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Patches;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A request with its body, as the verbs see it. */
final class ApiRequest {
    private static final String TYPES = "application/json, application/yaml, " + ProtobufReader.MEDIA_TYPE;

    private final String method;
    private final MultiMap headers;
    private final MultiMap query;
    private final User user;
    private final byte[] body;

    ApiRequest(String method, MultiMap headers, MultiMap query, User user, byte[] body) {
        this.method = method;
        this.headers = headers;
        this.query = query;
        this.user = user;
        this.body = body;
    }

    String method() {
        return method;
    }

    User user() {
        return user;
    }

    @Nullable
    String query(String name) {
        return query.get(name);
    }

    /**
     * Whether an option is set: it is there and says neither {@code false}, in any case, nor {@code 0}.
     *
     * <p>Source: k8s.io/apimachinery, {@code pkg/runtime/conversion.go}.
     */
    boolean flag(String name) {
        String value = query.get(name);
        return value != null && !value.equalsIgnoreCase("false") && !value.equals("0");
    }

    /** A header; null if the request has none of that name. */
    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    String accept() {
        String accept = headers.get("accept");
        return accept == null ? "*/*" : accept;
    }

    /** The body's media type without its parameters. */
    String mediaType() {
        String type = headers.get("content-type");
        if (type == null || type.isBlank()) {
            return "application/json";
        }
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** The body's length in bytes. */
    int size() {
        return body.length;
    }

    byte[] body() {
        return body;
    }

    boolean hasBody() {
        return body.length > 0;
    }

    /**
     * The body, which should be an object.
     *
     * @param kind of which it should be
     * @throws StatusException 400 if it is malformed or no object, 415 if it is something else
     */
    JsonReader.Document document(String kind) {
        return Bodies.object(body, kind, this::read);
    }

    /**
     * The body, which is a patch.
     *
     * @throws StatusException 400 if it is malformed, 415 if it is something else
     */
    JsonReader.Document patch() {
        try {
            return read();
        } catch (MalformedJsonException malformed) {
            String form = mediaType().equals(Patches.STRATEGIC)
                    ? ""
                    : "error decoding " + (mediaType().endsWith("yaml") ? "YAML: " : "patch: ");
            throw StatusException.badRequest(form + malformed.getMessage());
        }
    }

    private JsonReader.Document read() {
        if (mediaType().equals(ProtobufReader.MEDIA_TYPE)) {
            return protobuf();
        }
        boolean yaml = mediaType().endsWith("yaml");
        if (!yaml && !mediaType().endsWith("json")) {
            throw StatusException.unsupportedMediaType(TYPES);
        }
        return yaml ? Yaml.read(body) : JsonReader.read(body);
    }

    private JsonReader.Document protobuf() {
        try {
            return new JsonReader.Document(ProtobufReader.read(body), List.of());
        } catch (MalformedProtobufException malformed) {
            throw StatusException.badRequest(String.valueOf(malformed.getMessage()));
        }
    }

    /**
     * The body as an object; empty where there is no body.
     *
     * @param kind of which it should be
     * @throws StatusException likewise
     */
    ObjectNode object(String kind) {
        return hasBody() ? (ObjectNode) document(kind).tree() : Json.object();
    }

    Caller caller() {
        String manager = query.get("fieldManager");
        WriteOptions options = new WriteOptions(method);
        if (manager == null || manager.isEmpty()) {
            String agent = headers.get("user-agent");
            manager = agent == null || agent.isEmpty() ? "unknown" : agent.split("/", 2)[0];
        } else {
            options.checkManager(manager);
        }
        if (method.equals("PATCH") && query.contains("force") && !mediaType().equals(Patches.APPLY)) {
            throw options.forced();
        }
        return new Caller(user, manager, dryRun(), validation());
    }

    boolean dryRun() {
        return new WriteOptions(method).dryRun(query.getAll("dryRun"));
    }

    private Caller.FieldValidation validation() {
        return new WriteOptions(method).validation(query.get("fieldValidation"));
    }
}
