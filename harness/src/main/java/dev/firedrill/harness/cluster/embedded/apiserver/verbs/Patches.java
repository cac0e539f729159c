package dev.firedrill.harness.cluster.embedded.apiserver.verbs;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.patch.JsonPatch;
import dev.firedrill.harness.cluster.embedded.apiserver.patch.MergePatch;
import dev.firedrill.harness.cluster.embedded.apiserver.patch.StrategicMergePatch;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ObjectType;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Applies one of the patches that are plain functions of the object. */
public final class Patches {
    public static final String JSON = "application/json-patch+json";
    public static final String MERGE = "application/merge-patch+json";
    public static final String STRATEGIC = "application/strategic-merge-patch+json";
    public static final String APPLY = "application/apply-patch+yaml";

    private static final Set<String> FUNCTIONS = Set.of(JSON, MERGE, STRATEGIC);

    private Patches() {}

    /** Whether a media type is of such a patch. */
    public static boolean isPatch(String mediaType) {
        return FUNCTIONS.contains(mediaType);
    }

    /**
     * The object after the patch. The object may be changed in place.
     *
     * @throws StatusException 400, 415 or 422
     */
    public static ObjectNode apply(String mediaType, ObjectNode object, JsonNode patch, ObjectType type) {
        JsonNode result =
                switch (mediaType) {
                    case JSON -> JsonPatch.apply(object, patch);
                    case MERGE -> MergePatch.apply(object, object(patch));
                    case STRATEGIC -> StrategicMergePatch.apply(object, object(patch), type);
                    default -> throw new IllegalArgumentException("no patch: " + mediaType);
                };
        if (result instanceof ObjectNode patched) {
            return patched;
        }
        throw StatusException.badRequest("the patch makes something that is no object: " + Json.text(result));
    }

    private static ObjectNode object(JsonNode patch) {
        if (patch instanceof ObjectNode object) {
            return object;
        }
        throw StatusException.badRequest("error decoding patch: json: cannot unmarshal array into Go value of type "
                + "map[string]interface {}");
    }
}
