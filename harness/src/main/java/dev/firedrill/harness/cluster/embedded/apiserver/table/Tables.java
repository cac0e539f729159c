package dev.firedrill.harness.cluster.embedded.apiserver.table;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the tables that {@code kubectl get} prints.
 *
 * <p>Source: {@code meta.k8s.io/v1 Table}; the columns of {@code kubectl get} of Kubernetes 1.34.
 */
public final class Tables {
    private static final List<Column> PLAIN = List.of(Column.NAME, Column.AGE);
    private static final Map<String, List<Column>> COLUMNS = columns();

    /** The group of tables and partial objects, to be followed by a version. */
    public static final String GROUP = "meta.k8s.io/";

    private Tables() {}

    /** What a row carries besides its cells. */
    public enum Included {
        NOTHING,
        METADATA,
        OBJECT
    }

    /**
     * A table.
     *
     * @param version of {@code meta.k8s.io}: {@code v1} or {@code v1beta1}
     * @param headed with the columns' definitions, which the later events of a watch leave out
     * @param now from which ages are counted
     */
    public static ObjectNode of(
            ResourceKind kind,
            List<StoredObject> objects,
            ObjectNode metadata,
            Included included,
            String version,
            boolean headed,
            Instant now) {
        List<Column> columns = COLUMNS.getOrDefault(kind.storage(), PLAIN);
        Ages ages = new Ages(now);
        ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", GROUP + version);
        table.set("metadata", metadata);
        if (headed) {
            ArrayNode definitions = table.putArray("columnDefinitions");
            columns.forEach(column -> definitions.add(column.definition()));
        } else {
            table.putNull("columnDefinitions");
        }
        ArrayNode rows = table.putArray("rows");
        for (StoredObject object : objects) {
            rows.add(row(columns, object.tree(), included, version, ages));
        }
        return table;
    }

    private static ObjectNode row(
            List<Column> columns, ObjectNode object, Included included, String version, Ages ages) {
        ObjectNode row = Json.object();
        ArrayNode cells = row.putArray("cells");
        columns.forEach(column -> cells.add(column.cell().of(object, ages)));
        switch (included) {
            case NOTHING -> row.putNull("object");
            case METADATA -> row.set("object", metadataOf(object, version));
            case OBJECT -> row.set("object", object);
        }
        return row;
    }

    /** An object of which only the metadata is shown. */
    public static ObjectNode metadataOf(JsonNode object, String version) {
        ObjectNode partial = Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", GROUP + version);
        partial.set("metadata", object.path("metadata"));
        return partial;
    }

    private static Map<String, List<Column>> columns() {
        Map<String, List<Column>> all = new HashMap<>(WorkloadColumns.all());
        all.putAll(NetworkColumns.all());
        all.putAll(ClusterColumns.all());
        all.putAll(ServerColumns.all());
        all.putAll(StorageColumns.all());
        return Map.copyOf(all);
    }
}
