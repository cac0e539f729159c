package dev.firedrill.harness.cluster.embedded.apiserver.verbs;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ModelTypes;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.SelectorText;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The scale of a workload: how many replicas are asked for, and how many there are. */
public final class Scales {
    private static final String MODEL = "io.fabric8.kubernetes.api.model.autoscaling.v1.Scale";

    /** The kind. */
    public static final ResourceKind SCALE = ResourceKind.transitory("autoscaling", "Scale");

    private Scales() {}

    /** The Scale of a stored workload. */
    public static StoredObject of(StoredObject workload) {
        ObjectNode scale = of(workload.tree());
        return workload.revision() == 0
                ? StoredObject.unstored(SCALE, scale)
                : StoredObject.shown(SCALE, scale, workload.revision());
    }

    static ObjectNode of(JsonNode workload) {
        ObjectNode scale = Json.object();
        scale.put("kind", "Scale");
        scale.put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String field : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            metadata.put(field, Json.textAt(workload, "metadata", field));
        }
        ObjectNode spec = scale.putObject("spec");
        long wanted = Json.longAt(workload, 0, "spec", "replicas");
        if (wanted != 0) {
            spec.set("replicas", Json.number(wanted));
        }
        ObjectNode status = scale.putObject("status");
        status.set("replicas", Json.number(Json.longAt(workload, 0, "status", "replicas")));
        status.put("selector", SelectorText.of(workload.path("spec").path("selector")));
        return scale;
    }

    /** The workload with what a new Scale asks for. */
    public static ObjectNode replaced(ObjectNode workload, JsonNode scale) {
        JsonNode replicas = scale.path("spec").get("replicas");
        long wanted = replicas == null ? 0 : replicas.asLong(-1);
        if (wanted < 0) {
            throw StatusException.invalid(
                    SCALE,
                    Json.textAt(workload, "metadata", "name"),
                    "spec.replicas",
                    "Invalid value: " + wanted + ": must be greater than or equal to 0");
        }
        workload.withObjectProperty("spec").set("replicas", Json.number(wanted));
        String version = Json.textAt(scale, "metadata", "resourceVersion");
        if (!version.isEmpty()) {
            workload.withObjectProperty("metadata").put("resourceVersion", version);
        }
        return workload;
    }

    /** The workload with what its patched Scale asks for. */
    public static ObjectNode patched(ObjectNode workload, String mediaType, JsonNode patch) {
        ObjectNode scale = of(workload);
        String merging = mediaType.equals(Patches.APPLY) ? Patches.MERGE : mediaType;
        return replaced(workload, Patches.apply(merging, scale, patch, ModelTypes.of(MODEL)));
    }
}
