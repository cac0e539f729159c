package dev.firedrill.harness.cluster.embedded.apiserver.store;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.json.JsonReader;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.SelectableFields;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.Selection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One version of an object: its bytes, and what is looked up often. Never changes. */
public final class StoredObject {
    private final ResourceKind kind;
    private final String namespace;
    private final String name;
    private final String uid;
    private final long revision;
    private final byte[] json;
    private final Map<String, String> labels;
    private final Map<String, String> fields;

    private StoredObject(ResourceKind kind, ObjectNode tree, long revision) {
        JsonNode metadata = tree.path("metadata");
        this.kind = kind;
        this.namespace = Json.textAt(metadata, "namespace");
        this.name = Json.textAt(metadata, "name");
        this.uid = Json.textAt(metadata, "uid");
        this.revision = revision;
        this.labels = labels(metadata.get("labels"));
        this.fields = SelectableFields.of(kind, tree);
        this.json = Json.write(tree);
    }

    /** Keeps a tree as the given revision, which is written into it. */
    static StoredObject of(ResourceKind kind, ObjectNode tree, long revision) {
        tree.withObjectProperty("metadata").put("resourceVersion", Long.toString(revision));
        return new StoredObject(kind, tree, revision);
    }

    /** What is not stored itself: a view of an object that is, or what tells a watcher how far it has come. */
    public static StoredObject shown(ResourceKind kind, ObjectNode tree, long revision) {
        return of(kind, tree, revision);
    }

    /** An object that is only shown, as after a dry run. */
    public static StoredObject unstored(ResourceKind kind, ObjectNode tree) {
        return new StoredObject(kind, tree, 0);
    }

    /** The kind under which it was stored; its {@code storage} is what counts. */
    public ResourceKind kind() {
        return kind;
    }

    public String namespace() {
        return namespace;
    }

    public String name() {
        return name;
    }

    public String uid() {
        return uid;
    }

    /** Its resource version. */
    public long revision() {
        return revision;
    }

    public Map<String, String> labels() {
        return labels;
    }

    /** Its JSON; not to be changed. */
    public byte[] json() {
        return json;
    }

    /** A tree of its own for the caller. */
    public ObjectNode tree() {
        return JsonReader.object(json);
    }

    public boolean matches(Selection selection) {
        return selection.isEverything() || selection.matches(labels, fields);
    }

    /** The same content as of another revision: what a watcher sees when the object leaves its sight. */
    StoredObject asOf(long another) {
        return of(kind, tree(), another);
    }

    private static Map<String, String> labels(@Nullable JsonNode node) {
        if (node == null || node.isEmpty()) {
            return Map.of();
        }
        Map<String, String> labels = new HashMap<>();
        node.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
        return labels;
    }
}
