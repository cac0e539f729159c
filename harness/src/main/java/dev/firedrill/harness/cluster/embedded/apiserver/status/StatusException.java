package dev.firedrill.harness.cluster.embedded.apiserver.status;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that is refused, with the {@code Status} that Kubernetes would answer.
 *
 * <p>Source: k8s.io/apimachinery, {@code pkg/api/errors} (codes, reasons and messages).
 */
public final class StatusException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** What a client can do that needs more than this server has. */
    private static final String USE_K3S = "; use k3s";

    private final int code;
    private final String reason;
    private final transient @Nullable ObjectNode details;
    /** With which a list can be gone on with all the same; empty where there is nothing to go on with. */
    private final String next;

    /**
     * @param code of HTTP
     * @param reason as a machine reads it, such as {@code NotFound}
     * @param details what the refusal is about, or null
     */
    public StatusException(int code, String reason, String message, @Nullable ObjectNode details) {
        this(code, reason, message, details, "");
    }

    private StatusException(int code, String reason, String message, @Nullable ObjectNode details, String next) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
        this.next = next;
    }

    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    /** After which time it is worth another try; 0 where nothing is said. */
    public int retryAfterSeconds() {
        return details == null ? 0 : details.path("retryAfterSeconds").asInt(0);
    }

    /** The answer's body. */
    public ObjectNode status() {
        ObjectNode status = Json.object();
        status.put("kind", "Status");
        status.put("apiVersion", "v1");
        ObjectNode metadata = status.putObject("metadata");
        if (!next.isEmpty()) {
            metadata.put("continue", next);
        }
        status.put("status", "Failure");
        status.put("message", getMessage());
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        if (details != null) {
            status.set("details", details);
        }
        status.put("code", code);
        return status;
    }

    public static StatusException notFound(ResourceKind kind, String name) {
        String message = "%s \"%s\" not found".formatted(kind.qualified(), name);
        return new StatusException(404, "NotFound", message, details(kind, name, kind.plural()));
    }

    /** A path that nobody serves. */
    public static StatusException noSuchPath() {
        return new StatusException(404, "NotFound", "the server could not find the requested resource", Json.object());
    }

    public static StatusException alreadyExists(ResourceKind kind, String name) {
        String message = "%s \"%s\" already exists".formatted(kind.qualified(), name);
        return new StatusException(409, "AlreadyExists", message, details(kind, name, kind.plural()));
    }

    public static StatusException conflict(ResourceKind kind, String name, String why) {
        String message = "Operation cannot be fulfilled on %s \"%s\": %s".formatted(kind.qualified(), name, why);
        return new StatusException(409, "Conflict", message, details(kind, name, kind.plural()));
    }

    /** The object was changed by somebody else since the caller read it. */
    public static StatusException stale(ResourceKind kind, String name) {
        return conflict(
                kind,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    public static StatusException forbidden(ResourceKind kind, String name, String why) {
        String message = "%s \"%s\" is forbidden: %s".formatted(kind.qualified(), name, why);
        return new StatusException(403, "Forbidden", message, details(kind, name, kind.plural()));
    }

    /** An object with one field that cannot be. */
    public static StatusException invalid(ResourceKind kind, String name, String field, String why) {
        ObjectNode details = details(kind, name, kind.kind());
        details.putArray("causes")
                .addObject()
                .put("reason", "FieldValueInvalid")
                .put("message", why)
                .put("field", field);
        String message = "%s \"%s\" is invalid: %s: %s".formatted(kind.qualifiedKind(), name, field, why);
        return new StatusException(422, "Invalid", message, details);
    }

    /**
     * An option of a request that cannot be.
     *
     * @param options {@code CreateOptions}, {@code ListOptions} and the like
     * @param reason as in {@code FieldValueNotSupported}
     */
    public static StatusException invalidOption(String options, String field, String reason, String why) {
        return invalidOptions(options, List.of(new OptionFault(field, reason, why)));
    }

    /**
     * Options of a request that cannot be.
     *
     * @param options {@code CreateOptions}, {@code ListOptions} and the like
     * @param faults at least one
     */
    public static StatusException invalidOptions(String options, List<OptionFault> faults) {
        ObjectNode details = Json.object().put("group", "meta.k8s.io").put("kind", options);
        ArrayNode causes = details.putArray("causes");
        List<String> all = new ArrayList<>();
        for (OptionFault fault : faults) {
            causes.addObject()
                    .put("reason", fault.reason())
                    .put("message", fault.message())
                    .put("field", fault.field());
            all.add(fault.field() + ": " + fault.message());
        }
        String why = all.size() == 1 ? all.get(0) : "[" + String.join(", ", all) + "]";
        return new StatusException(
                422, "Invalid", "%s.meta.k8s.io \"\" is invalid: %s".formatted(options, why), details);
    }

    /** A change that does not say which version it is based on, of a kind that requires it. */
    public static StatusException withoutVersion(ResourceKind kind, String name) {
        String why = "Invalid value: 0: must be specified for an update";
        ObjectNode details = details(kind, name, kind.plural());
        details.putArray("causes")
                .addObject()
                .put("reason", "FieldValueInvalid")
                .put("message", why)
                .put("field", "metadata.resourceVersion");
        String message = "%s \"%s\" is invalid: metadata.resourceVersion: %s".formatted(kind.qualified(), name, why);
        return new StatusException(422, "Invalid", message, details);
    }

    /** Something applied that is not what its kind says; an API server takes that for its own mistake. */
    public static StatusException untyped(ResourceKind kind, JsonNode wanted, String why) {
        String message = "failed to create typed patch object (%s/%s; %s, Kind=%s): %s"
                .formatted(
                        Json.textAt(wanted, "metadata", "namespace"),
                        Json.textAt(wanted, "metadata", "name"),
                        kind.apiVersion(),
                        kind.kind(),
                        why);
        return mistaken(message);
    }

    /** Something that is the caller's mistake, of which an API server says that it is its own. */
    public static StatusException mistaken(String message) {
        return new StatusException(500, "", message, null);
    }

    public static StatusException badRequest(String message) {
        return new StatusException(400, "BadRequest", message, null);
    }

    public static StatusException unauthorized() {
        return new StatusException(401, "Unauthorized", "Unauthorized", null);
    }

    public static StatusException expired(String message) {
        return new StatusException(410, "Expired", message, null);
    }

    /**
     * A list that cannot be gone on with as it was.
     *
     * @param next a token for the rest as it is now
     */
    public static StatusException expired(String message, String next) {
        return new StatusException(410, "Expired", message, null, next);
    }

    public static StatusException methodNotAllowed() {
        return new StatusException(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                Json.object());
    }

    public static StatusException notAcceptable(String only) {
        return new StatusException(406, "NotAcceptable", "only the following media types are accepted: " + only, null);
    }

    /** None of the types that a request accepts is known at all. */
    public static StatusException unknownMediaType(String known) {
        String message = "406: Not Acceptable\n\nAvailable representations: " + known;
        return new StatusException(406, "NotAcceptable", message, Json.object());
    }

    public static StatusException unsupportedMediaType(String only) {
        String message = "the body of the request was in an unknown format - accepted media types include: " + only;
        return new StatusException(415, "UnsupportedMediaType", message, null);
    }

    public static StatusException tooLarge(int limit) {
        return new StatusException(413, "RequestEntityTooLarge", "Request entity too large: limit is " + limit, null);
    }

    public static StatusException unavailable(String message) {
        return new StatusException(503, "ServiceUnavailable", message, null);
    }

    public static StatusException internal(String message) {
        return new StatusException(500, "InternalError", "Internal error occurred: " + message, null);
    }

    /** Something that Kubernetes can and this server cannot; 501 is no code of Kubernetes, and clients try it again. */
    public static StatusException notHere(String what) {
        return new StatusException(405, "MethodNotAllowed", "the embedded cluster has no " + what + USE_K3S, null);
    }

    /** {@code details} of a Status. */
    public static ObjectNode details(ResourceKind kind, String name, String kindOrPlural) {
        ObjectNode details = Json.object();
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!kind.group().isEmpty()) {
            details.put("group", kind.group());
        }
        return kindOrPlural.isEmpty() ? details : details.put("kind", kindOrPlural);
    }
}
