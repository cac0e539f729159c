package dev.firedrill.harness.cluster.embedded.apiserver.apply;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.json.JsonReader;
import dev.firedrill.harness.cluster.embedded.apiserver.json.MalformedJsonException;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ModelTypes;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ObjectType;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code kubectl apply} applied last on the client's side, which it notes in an annotation. Server-side apply by
 * {@code kubectl} takes it over: what was applied and has not changed since is no conflict, and the note is kept up
 * to date, so that one may go back.
 *
 * <p>Source: Kubernetes, "Server-Side Apply", upgrading from and downgrading to client-side apply.
 */
final class LastApplied {
    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String KUBECTL = "kubectl";

    private LastApplied() {}

    /** The fields of the object that still have the value that was applied to them on the client's side. */
    static ObjectNode unchanged(ObjectNode live, ResourceKind kind, String manager) {
        String note = Json.textAt(live, "metadata", "annotations", ANNOTATION);
        if (!manager.equals(KUBECTL) || note.isEmpty()) {
            return Json.object();
        }
        JsonNode applied;
        try {
            applied = JsonReader.read(note.getBytes(StandardCharsets.UTF_8)).tree();
        } catch (MalformedJsonException e) {
            return Json.object();
        }
        if (!(applied instanceof ObjectNode object)
                || !Json.textAt(object, "apiVersion").equals(kind.apiVersion())) {
            return Json.object();
        }
        ObjectType type = ModelTypes.of(kind);
        ObjectNode now = Fields.tracked(live);
        ObjectNode then = Fields.tracked(object);
        ObjectNode gone = FieldSet.minus(Fields.of(then, type), Fields.of(now, type));
        return FieldSet.minus(FieldSet.minus(Fields.of(then, type), gone), Fields.changed(then, now, type));
    }

    /** Notes on an object that has such a note what is applied to it now. */
    static void note(ObjectNode object, ObjectNode wanted, String manager) {
        ObjectNode annotations = Json.objectAt(object, "metadata", "annotations");
        if (!manager.equals(KUBECTL)
                || annotations == null
                || Json.textAt(annotations, ANNOTATION).isEmpty()) {
            return;
        }
        ObjectNode noted = wanted.deepCopy();
        ObjectNode own = Json.objectAt(noted, "metadata", "annotations");
        if (own != null) {
            own.remove(ANNOTATION);
            if (own.isEmpty()) {
                noted.withObjectProperty("metadata").remove("annotations");
            }
        }
        annotations.put(ANNOTATION, Json.text(sorted(noted)) + "\n");
    }

    private static JsonNode sorted(JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode sorted = Json.object();
            Map<String, JsonNode> fields = new TreeMap<>();
            object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            fields.forEach((name, field) -> sorted.set(name, sorted(field)));
            return sorted;
        }
        if (value.isArray()) {
            return Json.array()
                    .addAll(value.valueStream().map(LastApplied::sorted).toList());
        }
        return value;
    }
}
