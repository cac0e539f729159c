package dev.firedrill.harness.cluster.embedded.apiserver.apply;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ModelTypes;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ObjectType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The record, in the object's metadata, of who manages which of its fields.
 *
 * <p>Source: Kubernetes, "Server-Side Apply"; sigs.k8s.io/structured-merge-diff (how an update takes ownership).
 */
public final class ManagedFields {
    private static final String APPLY = "Apply";
    private static final String UPDATE = "Update";
    private static final String FIELD = "managedFields";
    /** Whom what was not recorded belongs to, once somebody applies. */
    private static final String BEFORE = "before-first-apply";
    /** A change of the scale is recorded without its time. */
    private static final String WITHOUT_TIME = "scale";

    /** Who applies stands before who updates, and the older before the newer. */
    private static final Comparator<ObjectNode> ORDER = Comparator.comparing(
                    (ObjectNode entry) -> Json.textAt(entry, "operation"))
            .thenComparing(entry -> Json.textAt(entry, "time"))
            .thenComparing(entry -> Json.textAt(entry, "manager"))
            .thenComparing(entry -> Json.textAt(entry, "subresource"));

    private final List<ObjectNode> entries = new ArrayList<>();

    private ManagedFields(ArrayNode recorded) {
        for (JsonNode entry : recorded) {
            if (entry instanceof ObjectNode object && FieldSet.isSet(object.get("fieldsV1"))) {
                entries.add(object.deepCopy());
            }
        }
    }

    /** The record that an object carries. */
    static ManagedFields of(JsonNode object) {
        return new ManagedFields(Json.arrayAt(object, "metadata", FIELD));
    }

    /** Records in a new object that somebody made all of it, but for its status, which is not theirs to make. */
    public static void created(ResourceKind kind, ObjectNode object, String manager, String now) {
        ManagedFields managed = new ManagedFields(Json.array());
        managed.claim(kind, object, manager, now);
        managed.writeTo(object);
    }

    private void claim(ResourceKind kind, ObjectNode object, String manager, String now) {
        ObjectNode made = tracked(kind, object);
        if (kind.status()) {
            made.remove("status");
        }
        set(kind, UPDATE, manager, "", Fields.withContainers(made, ModelTypes.of(kind)), now);
    }

    /**
     * The record of an object that somebody applies to: where nothing is recorded, all of it was there before.
     *
     * <p>Source: k8s.io/apimachinery, {@code util/managedfields/internal/skipnonapplied.go}.
     */
    static ManagedFields applyingTo(ResourceKind kind, ObjectNode live, String now) {
        ManagedFields managed = of(live);
        if (managed.entries.isEmpty() && live.path("metadata").has("uid")) {
            managed.claim(kind, live, BEFORE, now);
        }
        return managed;
    }

    /**
     * Records in a changed object who changed it. A record that the caller wrote replaces the one that was there, if it
     * is one; a single entry without anything clears it. What nobody is recorded for stays unrecorded.
     *
     * @param subresource through which it was changed; empty for the object itself
     */
    public static void updated(
            ResourceKind kind, ObjectNode before, ObjectNode after, String manager, String subresource, String now) {
        ManagedFields written = of(after);
        ArrayNode wanted = Json.arrayAt(after, "metadata", FIELD);
        boolean cleared = wanted.size() == 1 && wanted.get(0).isEmpty();
        ManagedFields managed = cleared || !written.entries.isEmpty() ? written : of(before);
        if (managed.entries.isEmpty()) {
            managed.writeTo(after);
            return;
        }
        ObjectType type = ModelTypes.of(kind);
        ObjectNode old = tracked(kind, before);
        ObjectNode fresh = tracked(kind, after);
        ObjectNode changed = Fields.changed(old, fresh, type);
        ObjectNode removed = FieldSet.minus(Fields.withContainers(old, type), Fields.withContainers(fresh, type));
        if (!changed.isEmpty() || !removed.isEmpty()) {
            managed.take(kind, manager, subresource, changed, removed, now);
        }
        managed.writeTo(after);
    }

    /** Nobody manages what a request for a certificate asks for, nor what has become of it. */
    private static ObjectNode tracked(ResourceKind kind, ObjectNode object) {
        ObjectNode tracked = Fields.tracked(object);
        if (kind.isCertificateRequest()) {
            tracked.remove(List.of("spec", "status"));
        }
        return tracked;
    }

    private void take(
            ResourceKind kind, String manager, String subresource, ObjectNode changed, ObjectNode removed, String now) {
        ObjectNode touched = FieldSet.union(changed, removed);
        ObjectNode own = Json.object();
        for (ObjectNode entry : List.copyOf(entries)) {
            if (is(entry, UPDATE, manager, subresource)) {
                own = FieldSet.minus(fields(entry), removed);
            } else {
                release(entry, touched);
            }
        }
        set(kind, UPDATE, manager, subresource, FieldSet.union(own, changed), now);
    }

    /** What a manager applied last. */
    ObjectNode applied(String manager, String subresource) {
        return entries.stream()
                .filter(entry -> is(entry, APPLY, manager, subresource))
                .findFirst()
                .map(ManagedFields::fields)
                .orElseGet(Json::object);
    }

    /** Everybody's entries but those that the manager applied, by the managers' names. */
    List<ObjectNode> others(String manager, String subresource) {
        return entries.stream()
                .filter(entry -> !is(entry, APPLY, manager, subresource))
                .sorted(Comparator.comparing(entry -> Json.textAt(entry, "manager")))
                .toList();
    }

    /** Takes fields from an entry. */
    void release(ObjectNode entry, ObjectNode taken) {
        ObjectNode rest = FieldSet.minus(fields(entry), taken);
        if (rest.isEmpty()) {
            entries.remove(entry);
        } else {
            entry.set("fieldsV1", rest);
        }
    }

    /** Records what a manager applies now; the time is that of the last change of the record. */
    void apply(ResourceKind kind, String manager, String subresource, ObjectNode fields, @Nullable String now) {
        String time = now;
        if (time == null) {
            time = entries.stream()
                    .filter(entry -> is(entry, APPLY, manager, subresource))
                    .findFirst()
                    .map(entry -> Json.textAt(entry, "time"))
                    .orElse("");
        }
        set(kind, APPLY, manager, subresource, fields, time);
    }

    private void set(
            ResourceKind kind, String operation, String manager, String subresource, ObjectNode fields, String time) {
        ObjectNode entry = entries.stream()
                .filter(known -> is(known, operation, manager, subresource))
                .findFirst()
                .orElse(null);
        if (entry == null) {
            entry = Json.object();
            entries.add(entry);
        }
        entry.removeAll();
        entry.put("manager", manager);
        entry.put("operation", operation);
        entry.put("apiVersion", kind.apiVersion());
        if (!subresource.equals(WITHOUT_TIME)) {
            entry.put("time", time);
        }
        entry.put("fieldsType", "FieldsV1");
        entry.set("fieldsV1", fields);
        if (!subresource.isEmpty()) {
            entry.put("subresource", subresource);
        }
        if (fields.isEmpty()) {
            entries.remove(entry);
        }
    }

    void writeTo(ObjectNode object) {
        ObjectNode metadata = object.withObjectProperty("metadata");
        if (entries.isEmpty()) {
            metadata.remove(FIELD);
        } else {
            entries.sort(ORDER);
            entries.forEach(entry -> entry.set("fieldsV1", FieldSet.sorted(fields(entry))));
            metadata.set(FIELD, Json.array().addAll(entries));
        }
    }

    static ObjectNode fields(ObjectNode entry) {
        return entry.get("fieldsV1") instanceof ObjectNode fields ? fields : Json.object();
    }

    private static boolean is(ObjectNode entry, String operation, String manager, String subresource) {
        return Json.textAt(entry, "operation").equals(operation)
                && Json.textAt(entry, "manager").equals(manager)
                && Json.textAt(entry, "subresource").equals(subresource);
    }
}
