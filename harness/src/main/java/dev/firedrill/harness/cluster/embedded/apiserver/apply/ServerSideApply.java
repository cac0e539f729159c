package dev.firedrill.harness.cluster.embedded.apiserver.apply;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ModelTypes;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ObjectType;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Merges what somebody wants into an object: fields that they no longer want go, and fields that somebody else manages
 * with another value are a conflict.
 *
 * <p>Source: Kubernetes, "Server-Side Apply".
 *
 * @param manager who applies
 * @param subresource through which; empty for the object itself
 * @param force take fields from others instead of refusing
 * @param now as timestamp
 */
public record ServerSideApply(ResourceKind kind, String manager, String subresource, boolean force, String now) {
    /**
     * The object after it.
     *
     * @param live the object, or an empty one where there is none; not changed
     * @param wanted what is applied; not changed
     * @throws StatusException (409) with all conflicts, unless forced
     */
    public ObjectNode apply(ObjectNode live, ObjectNode wanted) {
        ObjectType type = ModelTypes.of(kind);
        Duplicates.find(wanted, type, "").ifPresent(why -> {
            throw StatusException.untyped(kind, wanted, why);
        });
        ManagedFields managed = ManagedFields.applyingTo(kind, live, now);
        ObjectNode config = Fields.tracked(wanted);
        ObjectNode applied = Fields.of(config, type);
        ObjectNode merged = (ObjectNode) Merge.merge(live.deepCopy(), config, type);
        ObjectNode changed = Fields.changed(Fields.tracked(live), Fields.tracked(merged), type);
        settle(managed, FieldSet.intersection(changed, applied), LastApplied.unchanged(live, kind, manager));
        ObjectNode kept = Json.object();
        for (ObjectNode other : managed.others(manager, subresource)) {
            kept = FieldSet.union(kept, ManagedFields.fields(other));
        }
        ObjectNode before = managed.applied(manager, subresource);
        // What is still wanted, or somebody else's, keeps the containers that it is in.
        ObjectNode dropped =
                FieldSet.minus(FieldSet.minus(before, FieldSet.withSelves(applied)), FieldSet.withSelves(kept));
        Merge.remove(merged, dropped, kept, type);
        boolean same = before.equals(applied) && Fields.tracked(merged).equals(Fields.tracked(live));
        managed.apply(kind, manager, subresource, applied, same ? null : now);
        managed.writeTo(merged);
        LastApplied.note(merged, wanted, manager);
        return merged;
    }

    /** @param settled what is no conflict, if it is all that would be one */
    private void settle(ManagedFields managed, ObjectNode changed, ObjectNode settled) {
        ArrayNode causes = Json.array();
        StringBuilder message = new StringBuilder();
        if (!force) {
            for (ObjectNode other : managed.others(manager, subresource)) {
                ObjectNode disputed =
                        FieldSet.minus(FieldSet.intersection(ManagedFields.fields(other), changed), settled);
                if (!disputed.isEmpty()) {
                    describe(other, disputed, causes, message);
                }
            }
        }
        if (!causes.isEmpty()) {
            throw conflicts(causes, message.toString());
        }
        for (ObjectNode other : managed.others(manager, subresource)) {
            managed.release(other, FieldSet.intersection(ManagedFields.fields(other), changed));
        }
    }

    private static void describe(ObjectNode other, ObjectNode disputed, ArrayNode causes, StringBuilder message) {
        String who = named(other);
        message.append(message.isEmpty() ? "" : "\n")
                .append("conflicts with ")
                .append(who)
                .append(":");
        for (String field : FieldSet.paths(disputed)) {
            message.append("\n- ").append(field);
            causes.addObject()
                    .put("reason", "FieldManagerConflict")
                    .put("message", "conflict with " + who)
                    .put("field", field);
        }
    }

    /** A manager by its name; one that did not apply, also by the version in which it wrote. */
    private static String named(ObjectNode manager) {
        String through = Json.textAt(manager, "subresource");
        String name = "\"" + Json.textAt(manager, "manager") + "\""
                + (through.isEmpty() ? "" : " with subresource \"" + through + "\"");
        return Json.textAt(manager, "operation").equals("Apply")
                ? name
                : name + " using " + Json.textAt(manager, "apiVersion");
    }

    private static StatusException conflicts(ArrayNode causes, String who) {
        JsonNode only = causes.get(0);
        String message = causes.size() == 1
                ? "Apply failed with 1 conflict: %s: %s"
                        .formatted(Json.textAt(only, "message"), Json.textAt(only, "field"))
                : "Apply failed with %d conflicts: %s".formatted(causes.size(), who);
        ObjectNode details = Json.object();
        details.set("causes", causes);
        return new StatusException(409, "Conflict", message, details);
    }
}
