package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is wrong with an object, field by field.
 *
 * <p>Source: k8s.io/apimachinery, {@code pkg/util/validation/field} (reasons and wording).
 */
final class Findings {
    private final List<Cause> causes = new ArrayList<>();

    private record Cause(String reason, String field, String message) {
        String text() {
            return field + ": " + message;
        }
    }

    void required(String field, String detail) {
        add("FieldValueRequired", field, "Required value" + (detail.isEmpty() ? "" : ": " + detail));
    }

    void invalid(String field, @Nullable JsonNode value, String detail) {
        add("FieldValueInvalid", field, "Invalid value: " + shown(value) + ": " + detail);
    }

    /** The allowed values are named in their order. */
    void unsupported(String field, String value, List<String> allowed) {
        unsupportedObject(field, Json.string(value), allowed);
    }

    /** The same of something that is no text. */
    void unsupportedObject(String field, @Nullable JsonNode value, List<String> allowed) {
        String supported = allowed.stream().map(it -> "\"" + it + "\"").collect(Collectors.joining(", "));
        add("FieldValueNotSupported", field, "Unsupported value: " + shown(value) + ": supported values: " + supported);
    }

    void duplicate(String field, JsonNode value) {
        add("FieldValueDuplicate", field, "Duplicate value: " + shown(value));
    }

    void forbidden(String field, String detail) {
        add("FieldValueForbidden", field, "Forbidden: " + detail);
    }

    void notFound(String field, String value) {
        add("FieldValueNotFound", field, "Not found: \"" + value + "\"");
    }

    void tooLong(String field, int limit) {
        add("FieldValueTooLong", field, "Too long: may not be more than " + limit + " bytes");
    }

    private void add(String reason, String field, String message) {
        causes.add(new Cause(reason, field, message));
    }

    private static String shown(@Nullable JsonNode value) {
        return value == null ? "null" : Json.text(value);
    }

    /**
     * @throws StatusException (422) with everything that was found
     */
    void throwIfAny(ResourceKind kind, String name) {
        if (causes.isEmpty()) {
            return;
        }
        ObjectNode details = StatusException.details(kind, name, kind.kind());
        ArrayNode list = details.putArray("causes");
        for (Cause cause : causes) {
            list.addObject()
                    .put("reason", cause.reason())
                    .put("message", cause.message())
                    .put("field", cause.field());
        }
        // What is found twice is listed twice, and said once.
        List<String> all = causes.stream().map(Cause::text).distinct().toList();
        String said = String.join(", ", all);
        String message = "%s \"%s\" is invalid: %s"
                .formatted(kind.qualifiedKind(), name, all.size() == 1 ? said : "[" + said + "]");
        throw new StatusException(422, "Invalid", message, details);
    }
}
