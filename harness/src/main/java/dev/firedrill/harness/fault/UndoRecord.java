package dev.firedrill.harness.fault;

import dev.firedrill.harness.model.HealingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is needed to put back everything that an injection changes, written before its first change. It holds changes
 * alone, not the fault, so that anyone who has the record can heal.
 *
 * @param run the run that injects
 * @param fault the fault's title, for people
 * @param namespace where
 * @param changes the changes in the order in which they are made
 */
public record UndoRecord(String run, String fault, String namespace, List<Change> changes) {
    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public UndoRecord {
        changes = List.copyOf(changes);
    }

    /** As one document of JSON with a versioned schema. */
    public String toJson() {
        ObjectNode root = JSON.createObjectNode()
                .put("v", VERSION)
                .put("run", run)
                .put("fault", fault)
                .put("namespace", namespace);
        ArrayNode list = root.putArray("changes");
        changes.forEach(change -> list.add(change.fold(UndoRecord::field, UndoRecord::pod)));
        return root.toString();
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws HealingException if it is not such a document, or one of a later version
     */
    public static UndoRecord fromJson(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new HealingException("not an undo record: " + e.getOriginalMessage(), e);
        }
        if (root.path("v").asInt() != VERSION) {
            throw new HealingException("undo record of version " + root.path("v") + "; known here: " + VERSION);
        }
        List<Change> changes = new ArrayList<>();
        root.path("changes").forEach(node -> changes.add(change(node)));
        return new UndoRecord(text(root, "run"), text(root, "fault"), text(root, "namespace"), changes);
    }

    private static JsonNode field(FieldChange change) {
        ObjectNode node = target("set-field", change.target()).put("pointer", change.pointer());
        change.before().ifPresent(value -> node.set("before", value));
        change.after().ifPresent(value -> node.set("after", value));
        return node;
    }

    private static JsonNode pod(PodDeletion deletion) {
        return target("delete-pod", deletion.target()).put("uid", deletion.uid());
    }

    private static ObjectNode target(String action, ObjectRef ref) {
        return JSON.createObjectNode()
                .put("action", action)
                .put("apiVersion", ref.apiVersion())
                .put("kind", ref.kind())
                .put("name", ref.name());
    }

    private static Change change(JsonNode node) {
        ObjectRef ref = new ObjectRef(text(node, "apiVersion"), text(node, "kind"), text(node, "name"));
        return switch (text(node, "action")) {
            case "set-field" ->
                new FieldChange(ref, text(node, "pointer"), value(node, "before"), value(node, "after"));
            case "delete-pod" -> new PodDeletion(ref, text(node, "uid"));
            default -> throw new HealingException("unknown action in an undo record: " + node.path("action"));
        };
    }

    private static @Nullable JsonNode value(JsonNode node, String key) {
        return Optional.ofNullable(node.get(key)).orElse(null);
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asString("");
    }
}
