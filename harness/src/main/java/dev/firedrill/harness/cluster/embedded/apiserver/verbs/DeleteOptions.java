package dev.firedrill.harness.cluster.embedded.apiserver.verbs;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How something is deleted.
 *
 * @param graceSeconds for pods; null: as the pod says
 * @param propagation {@code Foreground}, {@code Background}, {@code Orphan}, or empty for the kind's default
 * @param uid the object must have; empty: any
 * @param resourceVersion the object must have; empty: any
 */
public record DeleteOptions(
        @Nullable Long graceSeconds, String propagation, String uid, String resourceVersion, boolean dryRun) {
    /** With nothing special. */
    public static final DeleteOptions PLAIN = new DeleteOptions(null, "", "", "", false);

    /**
     * From the body of a request.
     *
     * @throws StatusException (422) for options that cannot be, 500 for a body that is something else
     */
    public static DeleteOptions of(ObjectNode body) {
        String kind = Json.textAt(body, "kind");
        if (!kind.isEmpty() && !kind.equals("DeleteOptions")) {
            throw StatusException.mistaken(
                    "no kind \"%s\" is registered for version \"%s\"".formatted(kind, Json.textAt(body, "apiVersion")));
        }
        JsonNode grace = body.get("gracePeriodSeconds");
        String propagation = Json.textAt(body, "propagationPolicy");
        if (!propagation.isEmpty() && !body.path("orphanDependents").isMissingNode()) {
            throw StatusException.invalidOption(
                    "DeleteOptions",
                    "propagationPolicy",
                    "FieldValueInvalid",
                    "Invalid value: \"" + propagation
                            + "\": orphanDependents and deletionPropagation cannot be both set");
        }
        if (propagation.isEmpty() && body.path("orphanDependents").asBoolean(false)) {
            propagation = "Orphan";
        }
        return new DeleteOptions(
                grace == null || grace.isNull() ? null : grace.asLong(),
                propagation,
                Json.textAt(body, "preconditions", "uid"),
                Json.textAt(body, "preconditions", "resourceVersion"),
                dryRun(body));
    }

    private static boolean dryRun(ObjectNode body) {
        JsonNode values = Json.arrayAt(body, "dryRun");
        for (JsonNode value : values) {
            if (!value.asString("").equals("All")) {
                throw StatusException.invalidOption(
                        "DeleteOptions",
                        "dryRun",
                        "FieldValueNotSupported",
                        "Unsupported value: " + values + ": supported values: \"All\"");
            }
        }
        return !values.isEmpty();
    }

    DeleteOptions withGrace(@Nullable Long seconds) {
        return new DeleteOptions(seconds == null ? graceSeconds : seconds, propagation, uid, resourceVersion, dryRun);
    }

    DeleteOptions withPropagation(String policy) {
        return new DeleteOptions(graceSeconds, policy.isEmpty() ? propagation : policy, uid, resourceVersion, dryRun);
    }

    DeleteOptions withVersion(long revision) {
        return new DeleteOptions(graceSeconds, propagation, uid, Long.toString(revision), dryRun);
    }

    /** The same, as the query of a request completes it. */
    public DeleteOptions completedBy(@Nullable String grace, @Nullable String policy, boolean alsoDryRun) {
        DeleteOptions options = withGrace(grace == null ? null : seconds(grace));
        options = options.withPropagation(policy == null ? "" : policy);
        return new DeleteOptions(
                options.graceSeconds,
                options.propagation,
                options.uid,
                options.resourceVersion,
                options.dryRun || alsoDryRun);
    }

    private static long seconds(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw StatusException.badRequest("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
    }

    /**
     * @throws StatusException (409) if the object is not the one that is meant
     */
    void checkPreconditions(ResourceKind kind, JsonNode object) {
        String found = Json.textAt(object, "metadata", "uid");
        if (!uid.isEmpty() && !uid.equals(found)) {
            throw another(kind, object, "UID", uid, found, "deleted and then recreated");
        }
        String version = Json.textAt(object, "metadata", "resourceVersion");
        if (!resourceVersion.isEmpty() && !resourceVersion.equals(version)) {
            throw another(kind, object, "ResourceVersion", resourceVersion, version, "modified");
        }
    }

    private static StatusException another(
            ResourceKind kind, JsonNode object, String what, String meant, String found, String happened) {
        String name = Json.textAt(object, "metadata", "name");
        String message =
                "Operation cannot be fulfilled on %s \"%s\": the %s in the precondition (%s) does not match the"
                        + " %s in record (%s). The object might have been %s";
        return new StatusException(
                409,
                "Conflict",
                message.formatted(kind.qualifiedKind(), name, what, meant, what, found, happened),
                StatusException.details(kind, name, kind.kind()));
    }
}
