package dev.firedrill.harness.fault;

import dev.firedrill.harness.model.HealingException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
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
 * @param cluster the URL of the API server, so that a file is never taken to another cluster
 * @param namespace where
 * @param at when, ISO-8601 in UTC: what was changed last is put back first
 * @param until when it ends at the latest, whoever is gone, by the clock of {@code at}; empty if it stays until it is
 *     put back
 * @param changes the changes in the order in which they are made
 * @param settling what must be asked once more when all is put back
 */
public record UndoRecord(
        String run,
        String fault,
        String cluster,
        String namespace,
        String at,
        Optional<Instant> until,
        List<Change> changes,
        Optional<Settling> settling) {
    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public UndoRecord {
        changes = List.copyOf(changes);
    }

    /** Whether it holds values of a Secret. */
    boolean isSecret() {
        return changes.stream().anyMatch(change -> change.target().isSecret());
    }

    /** How long it may last, from when it was written; empty for as long as nobody puts it back. */
    Optional<Duration> longest() {
        return until.map(end -> Duration.between(Instant.parse(at), end));
    }

    /** As one document of JSON with a versioned schema. */
    public String toJson() {
        return json(changes).toString();
    }

    /** The same without its changes: for a place where a Secret's values must not be. */
    String toJsonWithoutChanges(String keptIn) {
        return json(List.of()).put("keptIn", keptIn).toString();
    }

    private ObjectNode json(List<Change> shown) {
        ObjectNode root = JSON.createObjectNode()
                .put("v", VERSION)
                .put("run", run)
                .put("fault", fault)
                .put("cluster", cluster)
                .put("namespace", namespace)
                .put("at", at);
        until.ifPresent(end -> root.put("until", end.toString()));
        ArrayNode list = root.putArray("changes");
        shown.forEach(change -> list.add(change.fold(new Change.Cases<>(
                UndoRecord::field, UndoRecord::object, UndoRecord::pod, UndoRecord::creation, UndoRecord::toxic))));
        settling.ifPresent(settle -> root.set(
                "settle",
                target("request", settle.target())
                        .put("request", settle.request())
                        .put("answer", settle.answer())));
        return root;
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
        if (root.path("v").asInt(0) != VERSION) {
            throw new HealingException("undo record of version " + root.path("v") + "; known here: " + VERSION);
        }
        try {
            UndoRecord undo = ofVersionOne(root);
            if (undo.longest().filter(Duration::isNegative).isPresent()) {
                throw new HealingException("not an undo record: it ends before it begins");
            }
            return undo;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new HealingException("not an undo record: " + e.getMessage(), e);
        }
    }

    private static UndoRecord ofVersionOne(JsonNode root) {
        List<Change> changes = new ArrayList<>();
        root.path("changes").forEach(node -> changes.add(change(node)));
        Optional<Settling> settling = Optional.ofNullable(root.get("settle"))
                .map(node -> new Settling(ref(node), text(node, "request"), text(node, "answer")));
        return new UndoRecord(
                text(root, "run"),
                text(root, "fault"),
                text(root, "cluster"),
                text(root, "namespace"),
                text(root, "at"),
                root.has("until") ? Optional.of(Instant.parse(text(root, "until"))) : Optional.empty(),
                changes,
                settling);
    }

    private static JsonNode field(FieldChange change) {
        ObjectNode node = target("set-field", change.target()).put("pointer", change.pointer());
        change.before().ifPresent(value -> node.set("before", value));
        change.after().ifPresent(value -> node.set("after", value));
        return node;
    }

    private static JsonNode object(ObjectDeletion deletion) {
        ObjectNode node = target("delete-object", deletion.target()).put("uid", deletion.uid());
        node.set("before", deletion.before());
        return node;
    }

    private static JsonNode pod(PodDeletion deletion) {
        return target("delete-pod", deletion.target())
                .put("uid", deletion.uid())
                .put("manner", deletion.manner().label());
    }

    private static JsonNode creation(ObjectCreation creation) {
        ObjectNode node = target("create-object", creation.target()).put("mark", creation.mark());
        node.set("object", creation.object());
        return node;
    }

    private static JsonNode toxic(ToxicChange change) {
        ObjectNode node = target("toxic", change.target()).put("proxy", change.proxy());
        change.toxic().ifPresent(toxic -> node.set("toxic", toxic));
        return node;
    }

    private static ObjectNode target(String action, ObjectRef ref) {
        return JSON.createObjectNode()
                .put("action", action)
                .put("apiVersion", ref.apiVersion())
                .put("kind", ref.kind())
                .put("name", ref.name());
    }

    private static ObjectRef ref(JsonNode node) {
        return new ObjectRef(text(node, "apiVersion"), text(node, "kind"), text(node, "name"));
    }

    private static Change change(JsonNode node) {
        ObjectRef ref = ref(node);
        return switch (text(node, "action")) {
            case "set-field" ->
                new FieldChange(ref, text(node, "pointer"), value(node, "before"), value(node, "after"));
            case "delete-object" -> new ObjectDeletion(ref, text(node, "uid"), node.path("before"));
            case "delete-pod" ->
                new PodDeletion(
                        ref,
                        text(node, "uid"),
                        node.has("manner")
                                ? PodDeletion.Manner.of(text(node, "manner"))
                                : PodDeletion.Manner.GRACEFULLY);
            case "create-object" -> new ObjectCreation(ref, text(node, "mark"), node.path("object"));
            case "toxic" -> new ToxicChange(ref, text(node, "proxy"), value(node, "toxic"));
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
